import { expect, it } from 'vitest';
import { WaitTimeoutError } from '../../src/errors/wait-timeout-error.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, silence } from '../support/scripted-operation.ts';

it('is not moved by a poll that another wait has started just before it', async () => {
  const began = 99.8 * SECOND;
  const { clock, operation } = scriptedOperation(({ elapsedMs }) => (elapsedMs >= began ? silence() : running));
  const at = clock.now();

  // Its own last poll, at 95 s, is answered; the other wait's poll 99.8 s is not.
  const patient = waitForCompletion(operation, {
    timeoutMs: 200 * SECOND,
    cadence: ({ now, startedAt }) => began - (now - startedAt),
  });
  const hasty = waitForCompletion(operation, { timeoutMs: 100 * SECOND, cadence: () => 95 * SECOND });

  await expect(rejection(hasty)).resolves.toBeInstanceOf(WaitTimeoutError);
  expect(clock.now() - at).toBe(100 * SECOND);
  await rejection(patient);
});
