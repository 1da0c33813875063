/**
 * Copies the beginning of a text. A plain `slice` would keep the whole text in memory as long as the excerpt, and an
 * error may live as long as a wait.
 */
export function excerptOf(text: string, length: number): string {
  return text.length <= length ? text : new TextDecoder().decode(new TextEncoder().encode(text.slice(0, length)));
}
