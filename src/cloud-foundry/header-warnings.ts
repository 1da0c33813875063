/**
 * Reads the texts of `X-Cf-Warnings`. They are form-encoded and joined by commas, and may have broken escapes (CF-27).
 */
export function headerWarnings(header: string | null): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((part) => decode(part.replaceAll('+', ' ')).trim())
    .filter((text) => text !== '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
