const TELLING = /auth|cookie|credential|key|pass|secret|session|signature|token/i;

/** Whether the name of a field or header suggests that it holds a secret. */
export function isSecretName(name: string): boolean {
  return TELLING.test(name);
}

/** The parts of a header of the caller that must not be shown. */
export function secretsOfHeader(name: string, value: string): readonly string[] {
  if (!isSecretName(name)) return value.length >= 8 ? [value] : [];
  // `Bearer ...`, `session=...; other=...`: a server may echo the part that matters.
  return [value, ...value.split(/[\s;,=]+/).filter((part) => part.length >= 8)];
}
