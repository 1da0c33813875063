/** The text of any thrown value. Never throws. */
export function thrownText(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
    return typeof thrown === 'object' ? Object.prototype.toString.call(thrown) : String(thrown);
  } catch {
    return 'a value that cannot be shown';
  }
}
