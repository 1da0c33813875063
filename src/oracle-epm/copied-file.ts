import type { PollOptions, Subject } from '../client/operation-kind.ts';
import type { StatusDraft } from '../operation/status.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { nameOfCopy } from './copy-name.ts';
import type { JobFacts } from './facts.ts';
import type { EpmJobResult } from './job-reports.ts';
import { request } from './traits.ts';

/**
 * Reads from the list of files how the copy of a backup is called, because the two official texts about it contradict
 * each other (OE-17). If the list cannot be read, or does not show it for certain, the copy has no name in the result.
 */
export async function copyOf(
  status: StatusDraft<EpmJobResult>,
  { system, facts, startedAt }: Subject<JobFacts>,
  options: PollOptions,
): Promise<StatusDraft<EpmJobResult>> {
  if (status.state !== 'succeeded') return status;
  const names = await namesIn(() => system.poll(request('get', '/interop/rest/v2/files/list'), options), options);
  const { serverAheadMs = 0 } = system.transport;
  const fileName = nameOfCopy(names, {
    backupName: facts.backupName,
    targetName: facts.name,
    fromMs: startedAt.getTime() + serverAheadMs,
    toMs: system.clock.now() + serverAheadMs,
  });
  if (fileName === undefined) return status;
  const [first = ''] = status.result.aftermath;
  return { ...status, result: { ...status.result, fileName, aftermath: [first, `The copy is called '${fileName}'.`] } };
}

async function namesIn(
  read: () => Promise<{ readonly body: unknown }>,
  { signal }: PollOptions,
): Promise<readonly string[]> {
  try {
    const { body } = await read();
    const items: unknown = isObject(body) ? body.items : undefined;
    return (Array.isArray(items) ? items : []).flatMap((item) => (isObject(item) ? (textOf(item.name) ?? []) : []));
  } catch {
    // The copy has ended all the same.
    signal?.throwIfAborted();
    return [];
  }
}
