import { RestoreKitError, type Started } from '../errors/restore-kit-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Redactor } from '../http/redactor.ts';

interface OwnPathOptions {
  readonly base: string;
  /** Must match path and query. Its first group is the part that is used. */
  readonly family: RegExp;
  /** Removes secrets that the server echoes from the error. */
  readonly redactor?: Redactor;
  /** Whether the answer accepted a start. */
  readonly started?: Started;
}

/**
 * The path of an address that a server sent. Scheme and host are dropped, so that credentials are sent to the
 * configured origin only. The path must be one of the vendor's documented paths.
 * @throws {UntrustedLocationError} the path does not match; nothing was sent
 */
export function ownPath(location: string, options: OwnPathOptions): string {
  const trimmed = location.trim();
  const url = URL.canParse(trimmed, `${options.base}/`) ? new URL(trimmed, `${options.base}/`) : undefined;
  const match = url && /^https?:$/.test(url.protocol) ? options.family.exec(`${url.pathname}${url.search}`) : null;
  if (match?.[1] !== undefined) return match[1];
  throw new UntrustedLocationError(
    'The server sent an address that is not one of its documented paths; nothing was sent to it.',
    {
      location: visible(trimmed, options),
      started: options.started ?? 'no',
    },
  );
}

function visible(location: string, { redactor }: OwnPathOptions): string {
  return (redactor ? redactor.text(location) : location).slice(0, 200);
}

/** Like `ownPath`, for a group that is one segment with the id of a resource. The id is decoded. */
export function ownId(location: string, options: OwnPathOptions): string {
  const segment = ownPath(location, options);
  try {
    const id = requireSegment('location', decodeURIComponent(segment));
    if (options.redactor?.containsSecret(id) !== true) return id;
  } catch (error) {
    if (!(error instanceof URIError) && !RestoreKitError.isInstance(error)) throw error;
  }
  throw new UntrustedLocationError('The server sent an id that cannot be used in a path.', {
    location: visible(location.trim(), options),
    started: options.started ?? 'no',
  });
}
