/** A name that nobody else makes: 128 random bits. Not taken from the injected clock, whose numbers repeat in a test. */
export function uniqueId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
