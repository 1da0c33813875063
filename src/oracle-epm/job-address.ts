import { ownPath } from '../client/own-path.ts';
import type { Started } from '../errors/restore-kit-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
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

/** `services/{service}/status/{id}`, `services/jobs/{id}`, `status/{what}/{id}`, `status/service/{what}/{id}`. */
const FAMILY =
  /^[^?]*(\/interop\/rest\/[\w.]+\/(?:services\/(?:jobs|[^/?]+\/status)|status(?:\/[^/?]+){1,2})\/[^/?]+\/?(?:\?.*)?)$/;

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
  // Oracle's samples print `https://<BASE-URL>/...`, whose host no parser takes.
  const address = URL.canParse(href, base)
    ? href
    : href.replace(/^https?:\/\/[^/?#]*/i, 'https://unreadable-host.invalid');
  const whole = ownPath(address, { base, redactor, family: FAMILY, started });
  const [bare = ''] = whole.split('?');
  const segments = bare.split('/').filter((segment) => segment !== '');
  // What echoes a secret must not get into a handle: of a query there is no need, of a segment there is.
  if (segments.some((segment) => !OWN_WORDS.has(segment) && redactor.containsSecret(decode(segment)))) {
    throw new UntrustedLocationError('The server named a job whose address cannot be kept.', {
      location: redactor.text(href).slice(0, 200),
      started,
    });
  }
  return { path: redactor.hasSecret(whole) ? bare : whole, id: decode(segments.at(-1) ?? '') };
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
