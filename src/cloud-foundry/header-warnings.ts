/** The texts of `X-Cf-Warnings`: form-encoded, joined by commas, now and then with broken escapes (CF-27). */
export function headerWarnings(header: string | null): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((part) => decode(part.trim().replaceAll('+', ' ')))
    .filter((text) => text !== '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
