/** What a token says about itself, if it is a JWT. Its signature is not checked, so no decision about rights may rest on it. */
export interface JwtClaims {
  /** When it expires, in seconds since the epoch. */
  readonly exp?: number | undefined;
  /** Whom it was issued for. */
  readonly sub?: string | undefined;
}

const LONGEST = 20_000;

/** The claims of a JWT; no claims for any other text. */
export function jwtClaims(token: string): JwtClaims {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token.slice(0, LONGEST)) ?? [];
  if (payload === undefined) return {};
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const text = new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
    const { exp, sub } = JSON.parse(text) as { readonly exp?: unknown; readonly sub?: unknown };
    return {
      exp: typeof exp === 'number' ? exp : undefined,
      sub: typeof sub === 'string' ? sub : undefined,
    };
  } catch {
    return {};
  }
}
