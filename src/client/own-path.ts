import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { requireSegment } from '../http/path-segment.ts';

interface OwnPathOptions {
  readonly base: string;
  /** Matches path and query; its first group is what is wanted of them. */
  readonly family: RegExp;
  /** Whether the same answer accepted a start. */
  readonly started?: boolean;
}

/**
 * The path of an address that a server named. Scheme and host are dropped, so that credentials stay at the configured
 * origin; the path must be of the vendor's family.
 * @throws {UntrustedLocationError} it does not fit; nothing was sent
 */
export function ownPath(location: string, options: OwnPathOptions): string {
  const trimmed = location.trim();
  const url = URL.canParse(trimmed, `${options.base}/`) ? new URL(trimmed, `${options.base}/`) : undefined;
  const match = url && /^https?:$/.test(url.protocol) ? options.family.exec(`${url.pathname}${url.search}`) : null;
  if (match?.[1] !== undefined) return match[1];
  throw new UntrustedLocationError('The server named an address that is not of its own kind; nothing was sent there.', {
    location: url ? `${url.origin}${url.pathname}` : trimmed.slice(0, 100),
    started: options.started ?? false,
  });
}

/** The same, where the group is one segment that names a resource: decoded, and fit to stand in a path again. */
export function ownId(location: string, options: OwnPathOptions): string {
  const segment = ownPath(location, options);
  try {
    return requireSegment('location', decodeURIComponent(segment));
  } catch (error) {
    if (!(error instanceof URIError) && !RestoreKitError.isInstance(error)) throw error;
    throw new UntrustedLocationError('The server named a resource whose id cannot be sent back.', {
      location: location.trim(),
      started: options.started ?? false,
    });
  }
}
