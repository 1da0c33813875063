import type { components } from '../../../generated/oracle-epm.d.ts';
import type { OracleEpmSteps } from './scenario.ts';

type Step = components['schemas']['Step'];

/** The flags of the start call. */
export interface RestoreFlags {
  readonly usersAndPreDefinedRoles: boolean;
  readonly dailyMaintenanceStartTime: boolean;
  readonly storedSnapshotsAndFiles: boolean;
}

const LABELS = [
  'Restoring Environment Backup',
  'Importing users and predefined roles',
  'Uploading stored snapshots and files',
  'Setting daily maintenance start time to that of the backup',
] as const;

/** Whether the work of a step (1 is the first) was done, according to its last state. */
export function isDone(step: 1 | 2 | 3 | 4, { odd = [], failureWord = 'Failed' }: OracleEpmSteps = {}): boolean {
  return !['NA', failureWord].includes(odd.find((candidate) => candidate.step === step)?.end ?? 'Success');
}

/** Whether a step ends in the word for a failure, under any status. */
export function hasFailedStep({ odd = [], failureWord = 'Failed' }: OracleEpmSteps = {}): boolean {
  return odd.some(({ end }) => end === failureWord);
}

const SILENT_PART = 0.05;

/** `intermittentStatus` at a part (0 to 1) of the restore, or at its end. */
export function stepsAt(
  moment: { readonly part: number; readonly end?: 'succeeded' | 'failed' | undefined },
  flags: RestoreFlags,
  { labels = LABELS, shape = 'one-key', odd = [], failureWord = 'Failed' }: OracleEpmSteps = {},
): { readonly intermittentStatus?: Step[] | null } {
  if (shape === 'absent') return {};
  if (shape === 'null' || (!moment.end && moment.part < SILENT_PART)) return { intermittentStatus: null };

  const wanted = [true, flags.usersAndPreDefinedRoles, flags.storedSnapshotsAndFiles, flags.dailyMaintenanceStartTime];
  const wantedIndexes = wanted.flatMap((isWanted, index) => (isWanted ? [index] : []));
  const turn = Math.min(Math.floor(moment.part * wantedIndexes.length), wantedIndexes.length - 1);
  const current = wantedIndexes[turn] ?? 0;

  const steps = labels.flatMap((label, index): Step[] => {
    if (moment.end !== 'succeeded' && index > current) return [];
    const strange = odd.find(({ step }) => step === index + 1);
    const forced = moment.end ? strange?.end : strange?.running;
    return [{ [label]: forced ?? usualState(index) }];
  });
  return { intermittentStatus: reshape(steps, shape) };

  function usualState(index: number): string {
    if (!wanted[index]) return 'NA';
    if (moment.end === 'succeeded' || index < current) return 'Success';
    return moment.end === 'failed' ? failureWord : 'In Progress';
  }
}

function reshape(steps: Step[], shape: NonNullable<OracleEpmSteps['shape']>): Step[] {
  if (shape === 'several-keys') return [Object.assign({}, ...steps)];
  return shape === 'with-empty-object' ? [{}, ...steps] : steps;
}
