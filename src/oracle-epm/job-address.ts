import { ownPath } from '../client/own-path.ts';
import type { Started } from '../errors/restore-kit-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { isSegment } from '../http/path-segment.ts';
import type { Redactor } from '../http/redactor.ts';
import * as z from '../schema/schema.ts';
import { LinkSchema } from './schemas.ts';

/** The address of the status of a job. */
export interface JobAddress {
  /**
   * The path from `/interop/rest/` on, with its query. It is relative to the base URL, which may have the prefix of a
   * gateway.
   */
  readonly path: string;
  /** The last segment of the path. It may have more digits than a JavaScript number can hold (OE-9). */
  readonly id: string;
}

/**
 * The paths of a status below `/interop/rest/<version>/`. `{}` stands for one segment, and `{id}` for the one that
 * identifies the job.
 */
const STATUS_PATHS = [
  // The restore of an environment; a clone is assumed to be like it.
  'services/{}/status/{id}',
  // Copies and the unpacking of an upload, v1.
  'services/jobs/{id}',
  // The copy of a snapshot from another environment, v1.
  'services/{}/copysnapshot/{id}',
  // A clean environment, v1: not documented, and named like the call.
  'services/{}/recreate/{id}',
  // Copies (`jobs`), exports and imports (`migration`), and the packing of a file (`download`), v2.
  'status/{}/{id}',
  // The daily maintenance (`maintenancewindow`), v2.
  'status/service/{}/{id}',
  // Exports and imports, v1.
  'applicationsnapshots/{}/migration/{id}',
  // The unpacking of an upload, v1: it has only the name of the snapshot.
  'applicationsnapshots/{id}/contents/status',
];

const FAMILY = familyOf(STATUS_PATHS.map((path) => path.replaceAll(/\{\w*\}/g, '[^/?]+')));

/** Matches one of these paths after anything that a gateway puts before them. Its group is the path from `/interop/` on. */
export function familyOf(paths: readonly string[]): RegExp {
  return new RegExp(`^[^?]*(/interop/rest/[\\w.]+/(?:${paths.join('|')})/?(?:\\?.*)?)$`);
}

/** The address is part of every handle, so its length is limited. No real address is as long. */
const LONGEST_HREF = 4_000;

/** White space and invisible characters around an id. Even Oracle's samples have spaces in addresses (OE-6). */
const BLANKS = /^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu;

/** Words that are in the path of every job. They are not redacted, even if one of them is somebody's password. */
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
  'download',
  'recreate',
  'clone',
  'maintenancewindow',
]);

/** `href` of the link with the `rel` `Job Status`. */
export function jobHref(links: unknown): string | undefined {
  return hrefOf(links, /^job\s*status$/i);
}

/** `href` of the link with this `rel`, at any position and in any spelling of case and spaces (OE-4). */
export function hrefOf(links: unknown, wanted: RegExp): string | undefined {
  // Other links may have any shape.
  const known = (Array.isArray(links) ? links : []).flatMap((link) => z.safeParse(LinkSchema, link).data ?? []);
  return known.find(({ rel }) => wanted.test(plain(rel)))?.href.trim() || undefined;
}

/**
 * Reads the address of a job. Scheme, host and everything before `/interop/rest/` are dropped, so that requests go to
 * the configured base URL (OE-5, OE-6).
 * @throws {UntrustedLocationError} the path is not one of the documented paths of a status
 */
export function jobAddress(
  href: string,
  options: { readonly base: string; readonly redactor: Redactor; readonly started?: Started },
): JobAddress {
  const { base, redactor, started = 'no' } = options;
  const refuse = (why: string) => {
    const location = redactor.text(href.slice(0, LONGEST_HREF)).slice(0, 200);
    return new UntrustedLocationError(`The address of the job that the server sent ${why}.`, { location, started });
  };
  if (href.length > LONGEST_HREF) throw refuse(`is longer than ${LONGEST_HREF} characters`);
  const whole = ownPath(readableHref(href, base), { base, redactor, family: FAMILY, started });
  const [, place = '', tail = ''] = /^([^?]*?)(\/?(?:\?.*)?)$/.exec(whole) ?? [];
  const { path, id } = withoutBlanks(place);
  if (!isSegment(id)) throw refuse('has no id that can be used in a path');
  // A handle must not hold a secret that the server echoes. A query with one is dropped, but a path segment is needed.
  if (path.split('/').some((segment) => !OWN_WORDS.has(segment) && redactor.containsSecret(decode(segment)))) {
    throw refuse('cannot be kept');
  }
  return { path: redactor.hasSecret(path + tail) ? path : path + tail, id };
}

/** Oracle's samples have `https://<BASE-URL>/...`, which is no valid URL. */
export function readableHref(href: string, base: string): string {
  return URL.canParse(href, base) ? href : href.replace(/^https?:\/\/[^/?#]*/i, 'https://unreadable-host.invalid');
}

/** The last segment is the id, except for the path of an upload, which has only the name of the snapshot. */
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

/** A public client also handles `Job' 'Status`. */
function plain(rel: string): string {
  return rel.replaceAll("'", '').trim();
}
