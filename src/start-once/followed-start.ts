import { StoreError } from '../errors/store-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { closeAtEnd, endedWith } from './follow-operation.ts';
import { recallEnd } from './remembered-end.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import type { StartRecord } from './start-record.ts';
import type { StartRecords } from './start-records.ts';

export type OnStoreError = (error: StoreError) => void;

/** The operation of a record, which closes the record at its end. A store that fails delays no end and hides none. */
export function followStarted<Op extends AnyOperation>(
  operation: Op,
  record: StartRecord,
  { records, onStoreError }: { readonly records: StartRecords; readonly onStoreError: OnStoreError | undefined },
): Op {
  const handle = operation.toJSON();
  return closeAtEnd(operation, async (end) => {
    try {
      await records.forOneTask().end(record, end, handle);
      return true;
    } catch (error) {
      tell(onStoreError, afterStart(error, `The end of '${record.key}' is known, and was not recorded.`, handle));
      return false;
    }
  });
}

/** The operation of a record with a handle; of one that has ended, with its end known already. */
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

/** A store's error as it is told beside a result: of a restore that was started. */
export function afterStart(error: unknown, what: string, handle?: OperationHandle): StoreError {
  const isOurs = StoreError.isInstance(error);
  return new StoreError(`${what} ${isOurs ? error.message : 'The store failed.'}`, {
    reason: isOurs ? error.reason : 'failed',
    started: 'yes',
    handle,
    cause: isOurs ? error.cause : error,
  });
}

/** What a handler of the caller throws is no reason to lose a restore. */
export function tell(onStoreError: OnStoreError | undefined, error: StoreError): void {
  try {
    onStoreError?.(error);
  } catch {
    // There is nobody left to tell.
  }
}
