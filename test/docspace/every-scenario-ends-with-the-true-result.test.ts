import { describe, expect, it } from 'vitest';
import {
  ApiError,
  OperationFailedError,
  OutcomeUnknownError,
  StartOutcomeUnknownError,
} from '../../src/errors/index.ts';
import type { Operation, RestoreResult } from '../../src/operation/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { type DocSpaceScenarioName, docspaceScenarios } from '../../src/testing/docspace/scenarios.ts';
import { BACKUP, BASE_URL, DUMP, pollsOf, portalWith, startsOf } from './support.ts';

/** Scenarios whose end nobody can see. */
const UNSEEN: readonly DocSpaceScenarioName[] = [
  'worker-dies',
  'local-file-not-uploaded',
  'record-gone-at-the-end',
  'replaced-by-another-restore',
  'progress-needs-authentication-and-keys-die',
  'record-expires-during-a-long-download',
];
/** Scenarios in which polls without credentials are refused, so that some are sent again with them. */
const ASKED_FOR_CREDENTIALS: readonly DocSpaceScenarioName[] = [
  'progress-needs-authentication',
  'progress-needs-authentication-and-keys-die',
  'progress-forbidden-for-a-while',
  'every-error-shape',
  'a-single-401',
];
/** Scenarios in which nothing is started by us. */
const REFUSED: readonly DocSpaceScenarioName[] = [
  'start-refused-in-a-success-envelope',
  'start-rate-limited',
  'unpaid-portal',
  'plan-without-restore',
  'restore-is-hidden',
  'restore-is-hidden-on-3-6',
  'scoped-key',
  'read-only-key',
  'room-admin',
];
const NEVER_ARRIVED: readonly DocSpaceScenarioName[] = ['start-refused-with-a-stack'];
const JOINED: readonly DocSpaceScenarioName[] = ['another-restore-is-running'];

async function verdictOf(start: Promise<Operation<RestoreResult>>): Promise<string> {
  try {
    return (await waitForCompletion(await start)).state;
  } catch (error) {
    if (StartOutcomeUnknownError.isInstance(error)) {
      const found = await error.reconcile();
      if (found.outcome === 'unknown' && found.looksNotStarted) return 'looks-not-started';
      if (found.outcome !== 'started') return found.outcome;
      return verdictOf(Promise.resolve(found.operation as Operation<RestoreResult>));
    }
    if (OperationFailedError.isInstance(error)) return error.state;
    if (OutcomeUnknownError.isInstance(error)) return 'unknown';
    if (ApiError.isInstance(error)) return 'refused';
    throw error;
  }
}

function expected(name: DocSpaceScenarioName, truth: string | undefined): string | undefined {
  if (UNSEEN.includes(name)) return 'unknown';
  if (REFUSED.includes(name)) return 'refused';
  if (NEVER_ARRIVED.includes(name)) return 'looks-not-started';
  // A page under 200 proves nothing, and nothing is seen of a restore.
  if (name === 'start-answered-with-html') return 'unknown';
  return JOINED.includes(name) ? 'succeeded' : truth;
}

describe.each(Object.keys(docspaceScenarios) as DocSpaceScenarioName[])('%s', (name) => {
  it('is told as it is', async () => {
    const { docspace, emulator } = portalWith(name);
    const isDump = name.startsWith('dump-restore');
    const input = isDump ? { backupId: DUMP, dump: true } : { backupId: BACKUP };

    const verdict = await verdictOf(docspace.portal.restore(input));

    const [restore, ...more] = emulator.restores;
    expect(verdict).toBe(expected(name, restore?.truth));
    expect(more).toEqual([]);
    expect(startsOf(emulator)).toBe(1);
    expect(emulator.requests.filter(({ url }) => new URL(url).origin !== BASE_URL)).toEqual([]);
    const pollsWithCredentials = pollsOf(emulator).filter(({ headers }) => headers.authorization !== undefined);
    if (!ASKED_FOR_CREDENTIALS.includes(name)) expect(pollsWithCredentials).toEqual([]);
    expect(emulator.requests.filter(({ headers }) => headers.cookie !== undefined)).toEqual([]);
  });
});
