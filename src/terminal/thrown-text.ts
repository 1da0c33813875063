/** Whatever was thrown, as text. Never throws itself. */
export function thrownText(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
    return typeof thrown === 'object' ? Object.prototype.toString.call(thrown) : String(thrown);
  } catch {
    return 'something that cannot be shown';
  }
}
