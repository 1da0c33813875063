import { retryAfterMs } from '../clock/retry-after.ts';
import { systemClock } from '../clock/system-clock.ts';
import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

/** One answer of the vendor, as a protocol reads it. */
export interface PollResponse {
  readonly status: number;
  readonly headers: HeaderBag | Readonly<Record<string, string | undefined>>;
  /** The parsed JSON body; text that could not be parsed may stand as a string. */
  readonly body: unknown;
  /** When it came, in milliseconds since the epoch; a date in `Retry-After` counts from there. @default now */
  readonly at?: number;
}

/** Reads the vendor's status once. May throw a typed error instead of answering a status that is not 2xx. */
export type FetchStatus = (options: { readonly signal?: AbortSignal }) => Promise<PollResponse>;

export interface JsonObject {
  readonly [name: string]: unknown;
}

export interface HeaderBag {
  get(name: string): string | null;
}

export interface Seen {
  readonly body: JsonObject;
  readonly headers: HeaderBag;
  /** What `Retry-After` of this answer asked for. */
  readonly pollAfterMs?: number;
}

/** Takes one poll and insists on a JSON object in a 2xx. */
export async function fetchPollResponse(
  fetchStatus: FetchStatus,
  options: { readonly signal?: AbortSignal },
): Promise<Seen> {
  const { status, headers, body, at = systemClock.now() } = await fetchStatus(options);
  const bag = toBag(headers);
  const pollAfterMs = retryAfterMs(bag, at);
  if (status >= 400) {
    throw apiErrorForStatus(`The status request was answered ${status}.`, { status, retryAfterMs: pollAfterMs });
  }
  if (status < 200 || status >= 300) {
    throw new UnexpectedResponseError(`The status request was answered ${status}, which is no status.`, { status });
  }
  if (!isObject(body)) {
    throw new UnexpectedResponseError('The status answer is not a JSON object.', { status });
  }
  return { body, headers: bag, ...omitUndefined({ pollAfterMs }) };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text with something in it; everything else counts as nothing said. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function toBag(headers: PollResponse['headers']): HeaderBag {
  if ('get' in headers && typeof headers.get === 'function') return headers as HeaderBag;
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const byName = new Map(entries);
  return { get: (name) => byName.get(name.toLowerCase()) ?? null };
}
