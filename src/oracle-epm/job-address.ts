import { ownPath } from '../client/own-path.ts';
import type { Started } from '../errors/restore-kit-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { isSegment } from '../http/path-segment.ts';
import type { Redactor } from '../http/redactor.ts';
import * as z from '../schema/schema.ts';
import { LinkSchema } from './schemas.ts';

/** Where the status of a job is read. */
export interface JobAddress {
  /** From `/interop/rest/` on, with its query; relative to the base URL, so that a gateway's prefix stays in front. */
  readonly path: string;
  /** The last segment. Opaque, and more digits than a number holds (OE-9). */
  readonly id: string;
}

/**
 * The documented places of a status: `services/{service}/status/{id}`, `services/{service}/copysnapshot/{id}`,
 * `services/jobs/{id}`, `status/{what}/{id}`, `status/service/{what}/{id}`, `applicationsnapshots/{name}/migration/{id}`
 * and `applicationsnapshots/{name}/contents/status`.
 */
const FAMILY =
  /^[^?]*(\/interop\/rest\/[\w.]+\/(?:services\/(?:jobs|[^/?]+\/(?:status|copysnapshot))\/[^/?]+|status(?:\/[^/?]+){2,3}|applicationsnapshots\/[^/?]+\/(?:migration\/[^/?]+|contents\/status))\/?(?:\?.*)?)$/;

/** More than any address needs: it stands in every handle. */
const LONGEST_HREF = 4_000;

/** White space and invisible characters around an id. Oracle's own samples have blanks in addresses (OE-6). */
const BLANKS = /^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu;

/** In the path of every job, and so nobody's secret, even where somebody's password is one of them. */
const OWN_WORDS = new Set([
  'interop',
  'rest',
  'services',
  'restoreenvironment',
  'jobs',
  'status',
  'service',
  'migration',
  'applicationsnapshots',
  'copysnapshot',
  'contents',
]);

/** `href` of the link whose `rel` is `Job Status`, wherever it stands and however it is written (OE-4). */
export function jobHref(links: unknown): string | undefined {
  // Other links may stand beside it, of whatever shape.
  const known = (Array.isArray(links) ? links : []).flatMap((link) => z.safeParse(LinkSchema, link).data ?? []);
  return known.find(({ rel }) => /^job\s*status$/i.test(plain(rel)))?.href.trim() || undefined;
}

/**
 * Scheme, host, and whatever stands before `/interop/rest/` are dropped: only the path is used, on our own origin
 * (OE-5, OE-6).
 * @throws {UntrustedLocationError} the path is not one under which the vendor tells the status of jobs
 */
export function jobAddress(
  href: string,
  options: { readonly base: string; readonly redactor: Redactor; readonly started?: Started },
): JobAddress {
  const { base, redactor, started = 'no' } = options;
  const refuse = (why: string) => {
    const location = redactor.text(href.slice(0, LONGEST_HREF)).slice(0, 200);
    return new UntrustedLocationError(`The server named a job whose address ${why}.`, { location, started });
  };
  if (href.length > LONGEST_HREF) throw refuse(`is longer than ${LONGEST_HREF} characters`);
  // Oracle's samples print `https://<BASE-URL>/...`, whose host no parser takes.
  const address = URL.canParse(href, base)
    ? href
    : href.replace(/^https?:\/\/[^/?#]*/i, 'https://unreadable-host.invalid');
  const whole = ownPath(address, { base, redactor, family: FAMILY, started });
  const [, place = '', tail = ''] = /^([^?]*?)(\/?(?:\?.*)?)$/.exec(whole) ?? [];
  const { path, id } = withoutBlanks(place);
  if (!isSegment(id)) throw refuse('has no id that can be sent back');
  // What echoes a secret must not get into a handle: of a query there is no need, of a segment there is.
  if (path.split('/').some((segment) => !OWN_WORDS.has(segment) && redactor.containsSecret(decode(segment)))) {
    throw refuse('cannot be kept');
  }
  return { path: redactor.hasSecret(path + tail) ? path : path + tail, id };
}

/** The last segment is the id, except where an upload names only its snapshot. */
function withoutBlanks(place: string): JobAddress {
  const segments = place.split('/');
  const index = segments.length - (place.endsWith('/contents/status') ? 3 : 1);
  const segment = segments[index] ?? '';
  const whole = decode(segment);
  const id = whole.replace(BLANKS, '');
  if (id !== whole) segments[index] = encodeURIComponent(id);
  return { path: segments.join('/'), id };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A public client also defends against `Job' 'Status`. */
function plain(rel: string): string {
  return rel.replaceAll("'", '').trim();
}
