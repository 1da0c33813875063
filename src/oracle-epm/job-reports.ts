import type { RestoreResult } from '../operation/restore-result.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { aftermathOf, aftermathOfCopy, isEnvironmentRestored, warningsAbout } from './aftermath.ts';
import { timeOfBackup } from './backup-name.ts';
import type { JobReport } from './decide-job.ts';
import type { JobFacts } from './facts.ts';
import { restoredParts } from './restored-parts.ts';

/** The report of a restore of the environment. */
export function restoreReport({ backupName, flags = {} }: JobFacts): JobReport<RestoreResult> {
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

/** The report of a copy. It has no `dataAsOf`, because no data of the environment has changed. */
export const COPY_REPORT: JobReport<RestoreResult> = {
  result: (steps) => ({ aftermath: aftermathOfCopy(steps) }),
};
