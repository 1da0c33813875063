import { RestoreKitError, type Started } from '../errors/restore-kit-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Redactor } from '../http/redactor.ts';

interface OwnPathOptions {
  readonly base: string;
  /** Matches path and query; its first group is what is wanted of them. */
  readonly family: RegExp;
  /** Takes secrets that the server echoes out of what the error shows. */
  readonly redactor?: Redactor;
  /** Whether the same answer accepted a start. */
  readonly started?: Started;
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
    location: visible(trimmed, options),
    started: options.started ?? 'no',
  });
}

function visible(location: string, { redactor }: OwnPathOptions): string {
  return (redactor ? redactor.text(location) : location).slice(0, 200);
}

/** The same, where the group is one segment that names a resource: decoded, and fit to stand in a path again. */
export function ownId(location: string, options: OwnPathOptions): string {
  const segment = ownPath(location, options);
  try {
    const id = requireSegment('location', decodeURIComponent(segment));
    if (options.redactor?.containsSecret(id) !== true) return id;
  } catch (error) {
    if (!(error instanceof URIError) && !RestoreKitError.isInstance(error)) throw error;
  }
  throw new UntrustedLocationError('The server named a resource whose id cannot be sent back.', {
    location: visible(location.trim(), options),
    started: options.started ?? 'no',
  });
}
