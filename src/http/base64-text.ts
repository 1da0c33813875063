/** Decodes base64 or base64url; undefined if the bytes are not text. */
export function textOfBase64(run: string, utf8: TextDecoder): string | undefined {
  const standard = run.replaceAll('-', '+').replaceAll('_', '/');
  const whole = standard.length % 4 === 1 ? standard.slice(0, -1) : standard;
  const binary = atob(whole);
  if (/[^\t\n\r\x20-\x7e\x80-\xff]/.test(binary)) return undefined;
  if (!/[\x80-\xff]/.test(binary)) return binary;
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  const text = utf8.decode(bytes);
  return text.includes('\ufffd') ? undefined : text;
}

/** Base64 without its padding. */
export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/=+$/, '');
}
