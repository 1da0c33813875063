import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft, Warning } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type FetchStatus, fetchPollResponse, type JsonObject, textOf } from './poll-response.ts';

/** A progress record, as read from the vendor's body. */
export interface ProgressRecord {
  readonly isCompleted: boolean;
  /** 0 to 100. A record that is completed below 100 without an error text has failed. */
  readonly percent?: number | undefined;
  /** Empty, blank or absent means none. */
  readonly error?: string | null | undefined;
  readonly isCanceled?: boolean;
  /** Whether another field of the vendor says that it failed. */
  readonly isFailed?: boolean;
  readonly warnings?: readonly Warning[];
}

export interface ProgressProtocol<Result> {
  readonly fetchStatus: FetchStatus;
  /** Reads the record of this operation. Returns undefined if the answer holds none; the poll then fails. */
  readonly read: (body: JsonObject) => ProgressRecord | undefined;
  readonly result: (body: JsonObject) => Result;
}

/** For a record with a percentage, a flag for the end and an error text. The flag alone does not mean success. */
export function progressProtocol<Result>(
  protocol: ProgressProtocol<Result>,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return async (options) => {
    const { body, headers: _, ...hint } = await fetchPollResponse(protocol.fetchStatus, options);
    const record = protocol.read(body);
    if (record === undefined) {
      throw new UnexpectedResponseError('The answer holds no progress of this operation.', { status: 200 });
    }
    const told = Number.isFinite(record.percent) ? record.percent : undefined;
    const percent = told === undefined ? {} : { percent: Math.min(100, Math.max(0, told)) };
    const seen = { ...percent, warnings: record.warnings ?? [], raw: body };
    const error = textOf(record.error);
    if (!record.isCompleted) {
      const message = error && `The vendor reports an error, but the operation has not ended: ${error}`;
      return { ...seen, ...hint, state: 'running', ...omitUndefined({ message }) };
    }
    if (error) return { ...seen, state: 'failed', failure: { message: error, details: body } };
    if (record.isCanceled) return { ...seen, state: 'canceled' };
    if (record.isFailed || (told !== undefined && told < 100)) {
      const message = `It ended at ${told ?? '?'} % and gave no reason.`;
      return { ...seen, state: 'failed', failure: { message, details: body } };
    }
    return { ...seen, state: 'succeeded', result: protocol.result(body) };
  };
}
