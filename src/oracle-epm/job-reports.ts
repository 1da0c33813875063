import type { RestoreResult } from '../operation/restore-result.ts';
import type { Step } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { aftermathOf, aftermathOfCopy, isEnvironmentRestored, warningsAbout } from './aftermath.ts';
import { timeOfBackup } from './backup-name.ts';
import type { JobReport } from './decide-job.ts';
import type { JobFacts } from './facts.ts';
import { restoredParts } from './restored-parts.ts';
import { unfinishedSteps } from './steps.ts';

/** The result of a job of the environment. */
export interface EpmJobResult extends RestoreResult {
  /**
   * The name of the file or snapshot that the job has made in the environment, as the list of files shows it; absent if
   * it has made none, or if the list does not show for certain which one it is.
   */
  readonly fileName?: string;
}

/** The report of a restore of the environment. */
export function restoreReport({ backupName, flags = {} }: JobFacts): JobReport<EpmJobResult> {
  const dataAsOf = backupName === undefined ? undefined : timeOfBackup(backupName);
  return {
    result: (steps) =>
      omitUndefined({
        dataAsOf: isEnvironmentRestored(steps, flags) ? dataAsOf : undefined,
        aftermath: aftermathOf(steps, flags),
      }),
    warnings: (steps) => warningsAbout(steps, flags),
    // If the step of the environment itself is 'NA', nothing was restored, regardless of the status.
    isPartial: (steps) => restoredParts(steps, flags)('environment') === 'not-applicable',
  };
}

/** What each kind of job has changed, if its steps do not say otherwise. */
const AFTERMATH = {
  'export-snapshot': ({ name }) => [`The snapshot ${quoted(name)} was written anew; its earlier content is lost.`],
  'import-snapshot': ({ name }) => [
    `The contents of the snapshot ${quoted(name)} were imported into the application; what they replaced is lost.`,
    'Audit data, the job console and the staging tables of Data Management are not part of a snapshot.',
  ],
  'copy-snapshot': ({ name }) => [
    `The snapshot ${quoted(name)} was copied to the files of this environment. Importing it takes another call.`,
  ],
  recreate: () => [
    'The application with its data and the migration history were deleted. The backup snapshot may be deleted too.',
  ],
  'clone-environment': ({ targetUrl }) => [
    `The environment ${targetUrl ?? 'of the target'} was overwritten by the clone; its users may have to sign in anew.`,
    'The daily maintenance start time of the target may be that of the source.',
  ],
  'run-maintenance': () => [
    'Users were logged off, and a backup snapshot was made. Whether an environment backup was made too is not documented: see backups.list().',
  ],
  'copy-to-object-storage': ({ name }) => [`${quoted(name)} was copied to the object storage.`],
  'copy-from-object-storage': ({ name }) => [
    `${quoted(name)} was copied to the files of the environment. Importing a snapshot takes another call.`,
  ],
  upload: ({ name }) => [`${quoted(name)} is among the files of the environment.`],
} satisfies Record<string, (facts: JobFacts) => readonly string[]>;

/** The report of a job that restores no backup. It has no `dataAsOf`. */
export function reportOf(name: keyof typeof AFTERMATH | 'copy-backup'): (facts: JobFacts) => JobReport<EpmJobResult> {
  return (facts) => ({
    result: (steps) => ({
      aftermath: name === 'copy-backup' ? aftermathOfCopy(steps) : unless(steps, AFTERMATH[name](facts)),
    }),
  });
}

function unless(steps: readonly Step[], done: readonly string[]): readonly string[] {
  if (unfinishedSteps(steps).length === 0) return done;
  return ['Not every step of the job was done. See its steps for what has changed.'];
}

function quoted(name: string | undefined): string {
  return name === undefined ? 'of the job' : `'${name}'`;
}
