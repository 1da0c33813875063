import { type StatusDraft, type TerminalStatus, toStatus } from '../operation/status.ts';

const MOST_CHARACTERS = 32_000;
const TERMINAL: readonly unknown[] = ['succeeded', 'partial', 'failed', 'canceled'];
const DATE = '$date';

/**
 * Turns a terminal status into JSON, without the vendor's own answer. Vendors forget their jobs, sessions and records
 * within hours, but a key is valid for ever. Returns undefined if the result is not plain data or is too large.
 */
export function rememberEnd(status: TerminalStatus<unknown>): unknown {
  const { raw: _, ...seen } = status;
  const failure = 'failure' in seen && seen.failure ? { failure: { ...seen.failure, details: undefined } } : {};
  try {
    const end = toJson({ ...seen, ...failure });
    return JSON.stringify(end).length > MOST_CHARACTERS ? undefined : end;
  } catch {
    return undefined;
  }
}

/** Reads a status that was remembered; undefined if the value is none. */
export function recallEnd(end: unknown): TerminalStatus<unknown> | undefined {
  if (typeof end !== 'object' || end === null || !TERMINAL.includes((end as { state?: unknown }).state))
    return undefined;
  return toStatus(fromJson(end) as StatusDraft<unknown>) as TerminalStatus<unknown>;
}

function toJson(value: unknown): unknown {
  if (value instanceof Date) return { [DATE]: value.toISOString() };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) {
    if (['function', 'symbol', 'bigint'].includes(typeof value)) throw new TypeError('no JSON');
    return value;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('no plain data');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
}

function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  const date: unknown = Reflect.get(value, DATE);
  if (typeof date === 'string') return new Date(date);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
}
