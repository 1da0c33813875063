import type { Step, Warning } from '../operation/status.ts';
import {
  type KnownFlags,
  type PartOutcome,
  RESTORE_PARTS,
  type RestorePart,
  restoredParts,
  wasAskedFor,
} from './restored-parts.ts';
import { unfinishedSteps } from './steps.ts';

interface Sentences {
  /** The name of the part, for warnings. */
  readonly what: string;
  /** The changes, if the part was restored. */
  readonly done: readonly string[];
  /** The changes, if it is not known whether the part was restored. */
  readonly maybe: string;
}

const SENTENCES: Readonly<Record<RestorePart, Sentences>> = {
  environment: {
    what: 'The restore of the environment itself',
    done: [
      'The application and its data are those of the backup; later changes are lost.',
      // The documentation of EPM Automate says this of every restore (OE-21).
      'Groups and granular role assignments are those of the backup, regardless of the flags; your own access may have changed.',
    ],
    maybe:
      'The application, its data, groups and granular role assignments may be those of the backup, in part or as a whole',
  },
  usersAndPreDefinedRoles: {
    what: 'The import of users and predefined roles',
    done: ['Users and their predefined roles were restored from the backup; check who has access now.'],
    maybe: 'Users and their predefined roles may be those of the backup',
  },
  dailyMaintenanceStartTime: {
    what: 'Setting the daily maintenance start time to that of the backup',
    done: ['The daily maintenance start time was set to that of the backup; set it back if the schedule should stay.'],
    maybe: 'The daily maintenance start time may be that of the backup',
  },
  storedSnapshotsAndFiles: {
    what: 'The upload of stored snapshots and files',
    done: ['Inbox, outbox and stored snapshots are those of the backup; files that were added later are lost.'],
    maybe: 'Inbox, outbox and stored snapshots may be those of the backup',
  },
};

/** What the restore of an environment has changed, according to its steps. */
export function aftermathOf(steps: readonly Step[], flags: KnownFlags): readonly string[] {
  const outcomeOfPart = restoredParts(steps, flags);
  return RESTORE_PARTS.flatMap((part) => {
    const { done, maybe } = SENTENCES[part];
    const outcome = outcomeOfPart(part);
    if (outcome === 'done' || (part === 'environment' && isEnvironmentRestored(steps, flags))) return done;
    const reason = reasonForDoubt(outcome, wasAskedFor(part, flags));
    return reason === undefined ? [] : [`${maybe}: ${reason}.`];
  });
}

/**
 * Whether the environment itself was restored: its own step decides. Without one, status 0 decides, unless a step with
 * an unknown label says otherwise.
 */
export function isEnvironmentRestored(steps: readonly Step[], flags: KnownFlags): boolean {
  const outcome = restoredParts(steps, flags)('environment');
  return outcome === 'done' || (outcome === 'not-told' && unfinishedSteps(steps).length === 0);
}

function reasonForDoubt(outcome: PartOutcome, wasAsked: boolean | undefined): string | undefined {
  switch (outcome) {
    case 'done':
    case 'not-applicable':
      return undefined;
    case 'failed':
      return 'its step did not succeed';
    case 'unclear':
      return 'its step does not say whether it was done';
    case 'not-told':
      if (wasAsked === false) return undefined;
      return wasAsked
        ? 'it was asked for, but no step confirms that it was done'
        : 'the flags of this restore are not known, and no step reports it';
    default:
      return outcome satisfies never;
  }
}

/** Warnings about parts that were requested but not confirmed, and parts that were restored without a request. */
export function warningsAbout(steps: readonly Step[], flags: KnownFlags): readonly Warning[] {
  const outcomeOfPart = restoredParts(steps, flags);
  return RESTORE_PARTS.flatMap((part): readonly Warning[] => {
    const outcome = outcomeOfPart(part);
    const wasAsked = wasAskedFor(part, flags);
    const { what } = SENTENCES[part];
    if (wasAsked === true && outcome === 'not-applicable') {
      const message = `${what} was asked for, but its step says 'NA': it was not done.`;
      return [{ code: 'requested-step-not-done', message }];
    }
    if (
      wasAsked === true &&
      outcome === 'not-told' &&
      !(part === 'environment' && isEnvironmentRestored(steps, flags))
    ) {
      return [{ code: 'not-confirmed', message: `${what} was asked for, but no step confirms that it was done.` }];
    }
    if (wasAsked === false && outcome === 'done') {
      return [
        { code: 'unrequested-step-done', message: `${what} was not asked for, but its step says that it was done.` },
      ];
    }
    return [];
  });
}

/** Oracle calls the copy Restore Backups and documents two different rules for the name of the copy (OE-17). */
export function aftermathOfCopy(steps: readonly Step[]): readonly string[] {
  const isConfirmed = unfinishedSteps(steps).length === 0;
  return [
    `Nothing was restored: the backup ${isConfirmed ? 'was' : 'may have been'} copied to the files of the environment. Importing it takes another call.`,
    'See the list of files for the name of the copy; the two official texts about it contradict each other.',
  ];
}
