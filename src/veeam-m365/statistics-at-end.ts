import type { StatusDraft } from '../operation/status.ts';
import { endOfStatistics } from './end-of-statistics.ts';
import type { RestoreSessionResult } from './events-at-end.ts';
import { type RestoreStatistics, readStatistics } from './statistics.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * Adds to the end of a session what its statistics say. Since v8 a restore has a session of its own, and somebody may follow
 * that session as a session: its result alone does not tell how the restore went (VM-13). A session that only explores has no
 * statistics, or empty ones.
 */
export async function withStatistics(
  status: StatusDraft<RestoreSessionResult>,
  ended: { readonly system: VeeamSystem; readonly id: string; readonly signal: AbortSignal | undefined },
): Promise<StatusDraft<RestoreSessionResult>> {
  if (status.state === 'running' || status.state === 'canceled') return status;
  const statistics = await readOrNone(ended);
  if (!statistics || isEmpty(statistics)) return status;
  const common = { aftermath: [] };
  const session = { state: status.state, raw: status.raw };
  const { status: judged } = endOfStatistics(statistics, session, { asked: [], isBulk: false, common });
  const warnings = [
    ...(status.warnings ?? []).filter(({ code }) => code !== 'nothing-restored'),
    ...(judged.warnings ?? []),
  ];
  if (judged.state === 'failed' && status.state !== 'failed') return { ...judged, warnings, raw: status.raw };
  if (judged.state === 'partial' && status.state === 'succeeded') {
    return { ...status, state: 'partial', message: judged.message ?? 'Some items were not restored.', warnings };
  }
  return { ...status, warnings };
}

function isEmpty({ total, restored, failed, items, errors }: RestoreStatistics): boolean {
  return total + restored + failed + items.length + errors.length === 0;
}

async function readOrNone(ended: Parameters<typeof withStatistics>[1]): Promise<RestoreStatistics | undefined> {
  const { system, id, signal } = ended;
  try {
    return await readStatistics(system, id, { signal, isBroken: () => true });
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
