import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';

/**
 * The path of an address that a server named. Scheme and host are dropped, so that credentials stay at the configured
 * origin; the path must be of the vendor's family.
 * @throws {UntrustedLocationError} it does not fit; nothing was sent
 */
export function ownPath(
  location: string,
  options: { readonly base: string; readonly family: RegExp; readonly started?: boolean },
): RegExpExecArray {
  const trimmed = location.trim();
  const url = URL.canParse(trimmed, `${options.base}/`) ? new URL(trimmed, `${options.base}/`) : undefined;
  const match = url && /^https?:$/.test(url.protocol) ? options.family.exec(`${url.pathname}${url.search}`) : null;
  if (match) return match;
  throw new UntrustedLocationError('The server named an address that is not of its own kind; nothing was sent there.', {
    location: url ? `${url.origin}${url.pathname}` : trimmed.slice(0, 100),
    started: options.started ?? false,
  });
}
