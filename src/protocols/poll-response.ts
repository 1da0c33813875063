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
  /** When it arrived, in milliseconds since the epoch. A date in `Retry-After` is compared with it. @default now */
  readonly at?: number;
}

/** Reads the vendor's status once. Instead of returning a status other than 2xx, it may throw a typed error. */
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

/** Polls once and requires a 2xx with a JSON object. */
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
    throw new UnexpectedResponseError(`The status request was answered ${status}; a 2xx was expected.`, { status });
  }
  if (!isObject(body)) {
    throw new UnexpectedResponseError('The status answer is not a JSON object.', { status });
  }
  return { body, headers: bag, ...omitUndefined({ pollAfterMs }) };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a text that is not blank, otherwise undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function toBag(headers: PollResponse['headers']): HeaderBag {
  if ('get' in headers && typeof headers.get === 'function') return headers as HeaderBag;
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const byName = new Map(entries);
  return { get: (name) => byName.get(name.toLowerCase()) ?? null };
}
