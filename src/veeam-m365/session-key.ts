/** Ids are compared without their case, as GUIDs are. */
export function keyOf(sessionId: string): string {
  return sessionId.toLowerCase();
}
