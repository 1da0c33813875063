/** Says how a person settles a start that no program can know about. */
export function settleAdvice(key: string): string {
  const name = JSON.stringify(key);
  return `Check the target in the vendor's console, then record the result: settleStart({ key: ${name}, store, as: 'not-started' }) allows the key to start again, as: 'ended' says that the restore has ended, and as: client.attach({ id }) names the restore that was started.`;
}
