import type { Clock } from '../../../src/clock/clock.ts';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { cloudFoundryEmulator } from '../../../src/testing/cloud-foundry/emulator.ts';
import { docspaceEmulator } from '../../../src/testing/docspace/emulator.ts';
import type { EmulatedRestore, Emulator } from '../../../src/testing/emulator.ts';
import { oracleEpmEmulator } from '../../../src/testing/oracle-epm/emulator.ts';
import { veeamM365Emulator } from '../../../src/testing/veeam-m365/emulator.ts';
import type { SystemName } from './waiter-task.ts';

type Truth = EmulatedRestore['truth'];

/** One system as the kill test sees it. */
export interface KillStage {
  /** Ends that its restores come to, in turn. */
  readonly truths: readonly Truth[];
  /** The vendor's calls that start a restore, and that poll one. */
  readonly start: string;
  readonly poll: string;
  /** The answer to a poll takes `pollMs`, so that processes die in flight too. */
  open(given: { readonly clock: Clock; readonly truth: Truth; readonly pollMs: number }): Emulator;
}

/** Nobody waits for that: the restore ends when the clock is told to jump. */
const RESTORE_MS = 600_000;

/** The time of an emulator, which jumps to the end of its restore. */
export function endableClock(): Clock & { endRestore(): void } {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    endRestore: () => {
      ahead = RESTORE_MS;
    },
  };
}

const scenario = (pollMs: number) => ({ durationMs: RESTORE_MS, faults: { slow: { poll: pollMs } } });

const veeam: KillStage = {
  truths: ['succeeded', 'partial', 'failed'],
  start: 'exploreOrganization',
  poll: 'getRestoreSession',
  open: ({ clock, truth, pollMs }) => {
    const result = truth === 'succeeded' ? 'Success' : truth === 'partial' ? 'Warning' : 'Failed';
    return veeamM365Emulator({ clock, scenario: { result, ...scenario(pollMs) } });
  },
};

export const killStages: Readonly<Record<SystemName, KillStage>> = {
  'oracle-epm': {
    truths: ['succeeded', 'failed'],
    start: 'startRestoreEnvironment',
    poll: 'getRestoreEnvironmentStatus',
    open: ({ clock, truth, pollMs }) => {
      const ending = { status: truth === 'succeeded' ? 0 : 5 };
      return oracleEpmEmulator({ clock, scenario: { ending, ...scenario(pollMs) } });
    },
  },
  'cloud-foundry': {
    truths: ['succeeded', 'failed'],
    start: 'restoreServiceInstance',
    poll: 'getJob',
    open: ({ clock, truth, pollMs }) => {
      const ending = truth === 'succeeded' ? 'complete' : 'failed';
      return cloudFoundryEmulator({ clock, scenario: { ending, ...scenario(pollMs) } });
    },
  },
  'veeam-m365-v5': veeam,
  'veeam-m365-v6': veeam,
  docspace: {
    truths: ['succeeded', 'failed', 'canceled'],
    start: 'startBackupRestore',
    poll: 'getRestoreProgress',
    open: ({ clock, truth, pollMs }) => {
      const end = { truth: truth === 'partial' ? 'never' : truth, atPercent: 100 };
      return docspaceEmulator({ clock, scenario: { end, ...scenario(pollMs) } });
    },
  },
};
