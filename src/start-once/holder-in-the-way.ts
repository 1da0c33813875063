import { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
import { StoreError } from '../errors/store-error.ts';
import type { TerminalStatus } from '../operation/status.ts';
import { isWithoutVerdict } from './follow-operation.ts';
import { settleAdvice } from './settle-advice.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import type { StartRecord } from './start-record.ts';
import type { StartRecords } from './start-records.ts';
import { describeTarget } from './start-target.ts';

/**
 * Polls the restore that holds a target once, because the process that waited for it may have died. If it has ended,
 * its record is closed. Returns whether it has ended.
 */
export async function closeIfEnded<Op extends AnyOperation>(
  record: StartRecord,
  context: {
    readonly client: StartOnceClient<Op>;
    readonly records: StartRecords;
    readonly signal: AbortSignal | undefined;
  },
): Promise<boolean> {
  const { handle } = record;
  const { client, records, signal } = context;
  if (!handle || !client.kinds.includes(handle.kind)) return false;
  try {
    const status = await client.resume(handle).poll(signal ? { signal } : {});
    if (status.state === 'running') return false;
    await records.end(record, status as TerminalStatus<unknown>, handle);
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    if (StoreError.isInstance(error)) throw error;
    if (!isWithoutVerdict(error)) return false;
    await records.end(record, 'without-verdict', handle);
    return true;
  }
}

const WITHOUT_HANDLE: Readonly<Record<string, string>> = {
  preparing: 'about to be sent',
  intended: 'on its way, or its process died',
};

export function restoreInProgress({ key, handle, target, state }: StartRecord): RestoreInProgressError {
  const found = handle ? `${handle.kind} ${handle.id}` : (WITHOUT_HANDLE[state] ?? 'not known to have been answered');
  const next =
    handle || state === 'preparing'
      ? 'Wait for the end of that restore with followStart(), or allow both with allowConcurrent.'
      : settleAdvice(key);
  return new RestoreInProgressError(
    `${describeTarget(target)} has an unfinished restore, '${key}' (${found}). Nothing was sent. ${next}`,
    { key, handle, target },
  );
}
