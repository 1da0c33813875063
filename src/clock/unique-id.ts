/** A unique name of 128 random bits. It does not use the injected clock, whose random numbers may repeat in a test. */
export function uniqueId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
