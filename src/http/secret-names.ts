const TELLING = /auth|cookie|credential|key|pass|secret|session|signature|token/i;

/** Whether a field or a header of this name holds a secret, as far as its name tells. */
export function isSecretName(name: string): boolean {
  return TELLING.test(name);
}

/** What must not be shown of a header that a caller has set. */
export function secretsOfHeader(name: string, value: string): readonly string[] {
  if (!isSecretName(name)) return value.length >= 8 ? [value] : [];
  // `Bearer ...`, `session=...; other=...`: a server may echo the part that matters.
  return [value, ...value.split(/[\s;,=]+/).filter((part) => part.length >= 8)];
}
