import { StoreError } from '../errors/store-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { useDurations } from '../operation/use-durations.ts';
import { closeAtEnd, endedWith } from './follow-operation.ts';
import { recallEnd } from './remembered-end.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import type { StartRecord } from './start-record.ts';
import type { StartRecords } from './start-records.ts';

export type OnStoreError = (error: StoreError) => void;

/**
 * The operation of a record. At its end, the record is closed. If the store fails, the end is reported nevertheless.
 */
export function followStarted<Op extends AnyOperation>(
  operation: Op,
  record: StartRecord,
  { records, onStoreError }: { readonly records: StartRecords; readonly onStoreError: OnStoreError | undefined },
): Op {
  const handle = operation.toJSON();
  return closeAtEnd(operation, async (end) => {
    try {
      await records.forOneTask().end(record, end, handle, records.durationOf(operation, end));
      return true;
    } catch (error) {
      tell(onStoreError, afterStart(error, `The end of '${record.key}' is known, but was not recorded.`, handle));
      return false;
    }
  });
}

/**
 * The operation of a record with a handle. If the record has ended, the operation returns its end without a request.
 */
export function resumeStarted<Op extends AnyOperation>(
  record: StartRecord,
  client: StartOnceClient<Op>,
  options: { readonly records: StartRecords; readonly onStoreError: OnStoreError | undefined },
): Op | undefined {
  if (!record.handle) return undefined;
  const operation = client.resume(record.handle);
  const end = recallEnd(record.end);
  return end ? endedWith(operation, end) : followStarted(operation, record, options);
}

/** The error of a store after a restore was started, as it is passed to `onStoreError`. */
export function afterStart(error: unknown, what: string, handle?: OperationHandle): StoreError {
  const isOurs = StoreError.isInstance(error);
  return new StoreError(`${what} ${isOurs ? error.message : 'The store failed.'}`, {
    reason: isOurs ? error.reason : 'failed',
    started: 'yes',
    handle,
    cause: isOurs ? error.cause : error,
  });
}

/** If the caller's handler throws, the restore must not be lost. */
export function tell(onStoreError: OnStoreError | undefined, error: StoreError): void {
  try {
    onStoreError?.(error);
  } catch {
    // There is nobody left to tell.
  }
}

/**
 * Lets the operation use the durations of earlier restores on its target. They only help to poll at the right time, so a
 * failure of the store changes nothing.
 */
export async function withDurations<Op extends AnyOperation>(
  operation: Op,
  { target }: StartRecord,
  { claims }: StartRecords,
): Promise<Op> {
  try {
    useDurations(operation, await claims.durationsMs(target, operation.kind));
  } catch {
    // The operation is what the caller needs.
  }
  return operation;
}
