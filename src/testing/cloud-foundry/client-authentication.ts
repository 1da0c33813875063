export interface TokenClient {
  readonly id: string;
  readonly secret: string;
}

/**
 * Reads the client of a token request, as the UAA does: id and secret of a Basic header are URL-decoded, unless the
 * operator has switched the compatibility mode on and the header `X-CF-ENCODED-CREDENTIALS` does not say true; those of
 * the form are taken as they are (ClientBasicAuthenticationFilter of https://github.com/cloudfoundry/uaa).
 */
export function readTokenClient(
  headers: Headers,
  form: URLSearchParams,
  { compatibilityMode }: { readonly compatibilityMode: boolean },
): TokenClient | undefined {
  const [, encoded] = /^basic +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (encoded === undefined) {
    const [id, secret] = [form.get('client_id'), form.get('client_secret')];
    return id === null || secret === null ? undefined : { id, secret };
  }
  const raw = readBasic(encoded);
  const isSaidEncoded = headers.get('x-cf-encoded-credentials')?.toLowerCase() === 'true';
  if (!raw || (compatibilityMode && !isSaidEncoded)) return raw;
  const [id, secret] = [decodeForm(raw.id), decodeForm(raw.secret)];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

function readBasic(encoded: string): TokenClient | undefined {
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const [, id, secret] = /^([^:]*):([\s\S]*)$/.exec(new TextDecoder().decode(bytes)) ?? [];
    return id === undefined || secret === undefined ? undefined : { id, secret };
  } catch {
    return undefined;
  }
}

/** A plus is a space, as in forms; a broken escape is no credential at all. */
function decodeForm(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
