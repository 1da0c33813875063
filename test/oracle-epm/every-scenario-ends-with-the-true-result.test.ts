import { describe, expect, it } from 'vitest';
import {
  AuthenticationError,
  NotFoundError,
  OperationFailedError,
  OutcomeUnknownError,
  PartialRestoreError,
  UnexpectedResponseError,
  ValidationError,
} from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { bearerToken } from '../../src/oracle-epm/index.ts';
import { type OracleEpmScenarioName, oracleEpmScenarios } from '../../src/testing/oracle-epm/scenarios.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, BASE_URL, emulated, SNAPSHOT } from './support.ts';

type Verdict = 'succeeded' | 'partial' | 'failed' | 'unknown' | 'not-started' | 'started-unseen';

const EXPECTED: Record<OracleEpmScenarioName, Verdict> = {
  'restore-succeeds': 'succeeded',
  'download-answered-by-json': 'succeeded',
  'download-answered-by-a-page': 'succeeded',
  'download-breaks-off': 'succeeded',
  'download-breaks-off-and-goes-on': 'succeeded',
  'download-ends-early': 'succeeded',
  'older-delete-without-a-body': 'succeeded',
  'import-fails-without-details': 'succeeded',
  'details-of-a-failed-import-unavailable': 'succeeded',
  'other-jobs-take-an-hour': 'succeeded',
  'accepted-with-202': 'succeeded',
  'done-at-once': 'succeeded',
  'refused-in-a-200': 'failed',
  'self-link-first': 'succeeded',
  'only-a-self-link': 'started-unseen',
  'no-link-at-all': 'started-unseen',
  'odd-rel': 'succeeded',
  'foreign-link-host': 'succeeded',
  'dirty-href': 'succeeded',
  'status-link-says-post': 'succeeded',
  'long-job-id': 'succeeded',
  'behind-a-gateway': 'succeeded',
  'base-url-with-epmcloud': 'succeeded',
  'release-without-restore': 'not-started',
  'content-type-required': 'succeeded',
  'flags-are-read-strictly': 'succeeded',
  'flags-in-any-case': 'succeeded',
  'wrong-backup-in-the-answer': 'failed',
  'wrong-backup-in-the-job': 'failed',
  'wrong-backup-in-a-400': 'not-started',
  'lost-start-answer': 'unknown',
  'start-answered-503': 'unknown',
  'second-start-refused': 'succeeded',
  'failure-in-a-200': 'failed',
  'failure-with-code-7': 'failed',
  'failure-with-code-2': 'failed',
  'failure-without-details': 'failed',
  'failure-with-empty-details': 'failed',
  'status-as-text': 'succeeded',
  'failure-as-text': 'failed',
  'status-without-meaning': 'succeeded',
  'status-never-readable': 'unknown',
  'status-below-minus-one': 'succeeded',
  'steps-from-none-to-four': 'succeeded',
  'localized-steps': 'succeeded',
  'odd-step-while-running': 'succeeded',
  'odd-step-at-the-end': 'succeeded',
  'all-steps-in-one-object': 'succeeded',
  'an-empty-step': 'succeeded',
  'steps-always-null': 'succeeded',
  'steps-absent': 'succeeded',
  'listed-but-not-restorable': 'failed',
  'job-forgotten-at-the-end': 'unknown',
  'job-forgotten-later': 'succeeded',
  'four-hundred-minutes': 'succeeded',
  'never-ends': 'unknown',
  'environment-down-in-the-middle': 'succeeded',
  'down-and-then-failed': 'failed',
  'never-back': 'unknown',
  'polls-that-hang': 'succeeded',
  'roles-replaced': 'unknown',
  'forbidden-for-a-while': 'succeeded',
  'user-gone': 'unknown',
  'bearer-token-expires': 'succeeded',
  'redirect-to-a-login-page': 'succeeded',
  'login-page-with-200': 'succeeded',
  'a-single-401': 'succeeded',
  'start-refused-once-with-401': 'succeeded',
  'empty-404': 'succeeded',
  'text-404': 'succeeded',
  'gateway-404-in-json': 'succeeded',
  'gateway-detail-in-a-200': 'succeeded',
  'gateway-spring-error-in-a-200': 'succeeded',
  'gateway-problem-in-a-200': 'succeeded',
  'answer-of-another-job': 'succeeded',
  'idle-connections-die': 'succeeded',
  'requested-step-at-na': 'succeeded',
  'failed-step-under-status-0': 'partial',
  'all-steps-failed-under-status-0': 'partial',
  'status-link-ends-in-a-space': 'succeeded',
  'status-link-ends-in-a-no-break-space': 'succeeded',
  'start-answered-with-deep-json': 'unknown',
  'start-commits-late': 'unknown',
  'login-before-26-11': 'succeeded',
  'login-of-26-11': 'succeeded',
  'list-newest-first': 'succeeded',
  'list-in-no-order': 'succeeded',
  'copies-in-the-archive': 'succeeded',
  'copy-named-as-in-epm-automate': 'succeeded',
  'copy-status-in-the-tenth-family': 'succeeded',
  // With Basic, which they do not concern.
  'access-tokens-of-ten-minutes': 'succeeded',
  'refresh-token-used-by-another': 'succeeded',
  'refresh-token-revoked': 'succeeded',
  'refresh-token-expired': 'succeeded',
  'slow-identity-domain': 'succeeded',
  'answer-to-a-refresh-lost': 'succeeded',
  'refresh-not-allowed': 'succeeded',
  'device-code-confirmed': 'succeeded',
  'device-code-denied': 'succeeded',
};

const PREFIX: Partial<Record<OracleEpmScenarioName, string>> = {
  'behind-a-gateway': '/epm',
  'base-url-with-epmcloud': '/epmcloud/',
};

describe.each(Object.keys(oracleEpmScenarios) as OracleEpmScenarioName[])('%s', (scenario) => {
  it.each(['basic', 'bearer'] as const)('is told truly, with one start and one origin (%s)', async (kind) => {
    const bearerTokens = Array.from({ length: 30 }, (_, index) => `token-${index}`);
    let asked = 0;
    const auth = kind === 'bearer' ? { auth: bearerToken(() => bearerTokens[asked++] ?? 'none left') } : {};
    const { epm, emulator, starts } = emulated({
      scenario,
      bearerTokens,
      baseUrl: BASE_URL + (PREFIX[scenario] ?? ''),
      ...auth,
    });
    const backupName = scenario.startsWith('wrong-backup') ? SNAPSHOT : BACKUP;
    const verdict = await verdictOf(
      epm.environment.restore({ backupName, force: true }).then((operation) => waitForCompletion(operation)),
    );

    const isRefusedOnce = scenario === 'start-refused-once-with-401';
    // A password is not another one at the second try, and a token may be.
    expect(verdict).toBe(isRefusedOnce && kind === 'basic' ? 'not-started' : EXPECTED[scenario]);
    expect(starts()).toHaveLength(isRefusedOnce && kind === 'bearer' ? 2 : 1);
    expect(emulator.restores.length).toBeLessThanOrEqual(1);
    expect(new Set(emulator.requests.map(({ url }) => new URL(url).origin))).toEqual(new Set([BASE_URL]));
    const truth = emulator.restores[0]?.truth;
    if (verdict === 'succeeded') expect(truth).toBe('succeeded');
    if (verdict === 'failed') expect(truth ?? 'failed').toBe('failed');
    if (verdict === 'not-started') expect(truth).toBeUndefined();
  });
});

async function verdictOf(wait: Promise<{ readonly state: string }>): Promise<Verdict> {
  const outcome = await wait.catch((error: unknown) => error);
  if (OutcomeUnknownError.isInstance(outcome)) return 'unknown';
  if (OperationFailedError.isInstance(outcome)) return 'failed';
  if (PartialRestoreError.isInstance(outcome)) return 'partial';
  if (AuthenticationError.isInstance(outcome)) return 'not-started';
  if (NotFoundError.isInstance(outcome) || ValidationError.isInstance(outcome)) return 'not-started';
  if (UnexpectedResponseError.isInstance(outcome) && outcome.started === 'yes') return 'started-unseen';
  if (outcome instanceof Error) throw outcome;
  return (await wait).state as 'succeeded';
}

it('a restore of 400 minutes is polled about once a minute (OE-30)', async () => {
  const { epm, emulator } = emulated({ scenario: 'four-hundred-minutes' });
  const done = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
  expect(done.elapsedMs).toBeGreaterThanOrEqual(400 * 60_000);
  expect(done.elapsedMs).toBeLessThan(402 * 60_000);
  expect(emulator.requests.length).toBeLessThan(500);
  const gaps = emulator.requests.slice(2).map(({ at }, index) => at - (emulator.requests[index + 1]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_800);
});

it('an environment that is back after the outage tells how long it was away', async () => {
  const { epm } = emulated({ scenario: 'environment-down-in-the-middle' });
  const done = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
  expect(done.unreachableMs).toBeGreaterThan(14 * 60_000);
  expect(done.unreachableMs).toBeLessThan(17 * 60_000);
});

it('an environment that never comes back is given up after two hours, and never called failed', async () => {
  const { epm, clock } = emulated({ scenario: 'never-back' });
  const operation = await epm.environment.restore({ backupName: BACKUP, note: 'T-1' });
  const error = await rejection(waitForCompletion(operation));
  expect(error).toMatchObject({ code: 'outage', reason: 'unreachable', handle: { id: operation.id, note: 'T-1' } });
  expect(clock.now() - operation.startedAt.getTime()).toBeGreaterThan(2 * 3_600_000);
  expect(clock.now() - operation.startedAt.getTime()).toBeLessThan(2.1 * 3_600_000);
});

it('a restore that never ends meets our deadline after 24 h', async () => {
  const { epm, clock } = emulated({ scenario: 'never-ends' });
  const operation = await epm.environment.restore({ backupName: BACKUP });
  expect(await rejection(waitForCompletion(operation))).toMatchObject({ code: 'wait-timeout' });
  expect(Math.round((clock.now() - operation.startedAt.getTime()) / 3_600_000)).toBe(24);
});
