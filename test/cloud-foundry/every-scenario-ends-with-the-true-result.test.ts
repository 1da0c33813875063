import { describe, expect, it } from 'vitest';
import { OperationFailedError } from '../../src/errors/operation-failed-error.ts';
import { OutcomeUnknownError } from '../../src/errors/outcome-unknown-error.ts';
import { RestoreKitError } from '../../src/errors/restore-kit-error.ts';
import { adaptiveCadence } from '../../src/operation/cadence.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { type CloudFoundryScenarioName, cloudFoundryScenarios } from '../../src/testing/cloud-foundry/scenarios.ts';
import { foundation, RESTORE } from './support.ts';

/** How each scenario has to end where that is not 'succeeded' by a restore that succeeded. */
const otherwise: Partial<Record<CloudFoundryScenarioName, string>> = {
  'failure-in-a-200': 'OperationFailedError',
  'failure-without-errors': 'OperationFailedError',
  'failure-errors-absent': 'OperationFailedError',
  'failure-with-two-errors': 'OperationFailedError',
  'gave-up-on-the-broker': 'OperationFailedError',
  'gave-up-and-the-broker-succeeds': 'OperationFailedError',
  'malformed-error': 'OperationFailedError',
  'another-job-answers': 'OperationFailedError',
  'last-operation-of-somebody-else': 'OperationFailedError',
  'location-absent': 'UnexpectedResponseError',
  'location-elsewhere': 'UntrustedLocationError',
  'lost-start-answer': 'StartOutcomeUnknownError',
  'start-answered-502': 'StartOutcomeUnknownError',
  'open-source-foundation': 'NotFoundError',
  'broker-rate-limit-10016': 'RateLimitError',
  'uniqueness-10016': 'ValidationError',
  'two-errors': 'ValidationError',
  'space-suspended': 'PermissionError',
  'every-token-refused': 'AuthenticationError',
  'no-token-server': 'UnexpectedResponseError',
  'every-token-refused-later': 'AccessLostError',
  'scope-missing': 'AccessLostError',
  'no-new-token': 'AccessLostError',
  'unknown-state-for-good': 'WaitTimeoutError',
  'never-ends': 'WaitTimeoutError',
  'processing-for-good': 'WaitTimeoutError',
  'processing-for-good-failed': 'WaitTimeoutError',
  'another-instance-answers': 'WaitTimeoutError',
  'job-gone': 'OutageError',
};

/** The usual one, but for days, which would be thousands of polls. */
const cadence = adaptiveCadence({ maxMs: 3_600_000 });

async function run(scenario: CloudFoundryScenarioName) {
  const world = foundation(scenario);
  const verdict = await world.cf.serviceInstances
    .restore({ ...RESTORE, note: 'T-1' })
    .then((operation) => waitForCompletion(operation, { timeoutMs: 4 * 86_400_000, cadence }))
    .then(
      ({ state }) => state,
      (error: unknown) => error,
    );
  return { ...world, verdict };
}

describe.each(Object.keys(cloudFoundryScenarios) as CloudFoundryScenarioName[])('%s', (scenario) => {
  it('ends as it truly did, or says that it is not known; and was started at most once', async () => {
    const { verdict, emulator, sent, clock } = await run(scenario);
    const truth = emulator.restores[0]?.truth;
    const told = verdict instanceof Error ? verdict.name : verdict;
    expect(told).toBe(otherwise[scenario] ?? 'succeeded');
    expect(emulator.restores.length).toBeLessThanOrEqual(1);
    expect(clock.sleepers).toBe(0);
    if (verdict === 'succeeded') expect(truth).toBe('succeeded');
    if (verdict instanceof OperationFailedError) expect(truth).toBe('failed');
    // Whatever was started can be gone on with, or says that it runs.
    if (truth !== undefined && verdict instanceof OutcomeUnknownError && verdict.name !== 'StartOutcomeUnknownError') {
      expect(verdict.handle).toMatchObject({ id: emulator.restores[0]?.id, note: 'T-1' });
    }
    if (truth !== undefined && verdict instanceof RestoreKitError) expect(verdict.isRetryable).toBe(false);
    const starts = sent('restoreServiceInstance');
    // Only a 401 that came back may be followed by one resend.
    expect(starts.length).toBeLessThanOrEqual(scenario === 'every-token-refused' ? 2 : 1);
  });
});

it('a start that answers once is one request, whatever follows', async () => {
  for (const scenario of ['connection-resets', 'uaa-down', 'server-errors', 'three-days'] as const) {
    const { sent } = await run(scenario);
    expect(sent('restoreServiceInstance')).toHaveLength(1);
  }
});

it('the deadline of our own is no failure: the wait goes on from its handle to the truth', async () => {
  const { cf, newClient, emulator } = foundation('three-days');
  const operation = await cf.serviceInstances.restore(RESTORE);
  const error = await waitForCompletion(operation, { timeoutMs: 300_000 }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OutcomeUnknownError);
  expect(error).toMatchObject({ name: 'WaitTimeoutError', lastSeen: { state: 'running', message: 'PROCESSING' } });
  const saved = JSON.parse(JSON.stringify((error as OutcomeUnknownError).handle));
  const done = await waitForCompletion(newClient().resume(saved), { cadence });
  expect(done.state).toBe('succeeded');
  expect(done.elapsedMs).toBeGreaterThanOrEqual(3 * 86_400_000);
  expect(emulator.restores).toHaveLength(1);
});

it('without a deadline of the caller it waits seven days', async () => {
  const { cf, clock } = foundation('never-ends');
  const operation = await cf.serviceInstances.restore(RESTORE);
  const began = clock.now();
  await expect(waitForCompletion(operation, { cadence })).rejects.toMatchObject({ name: 'WaitTimeoutError' });
  expect(clock.now() - began).toBe(7 * 86_400_000);
});
