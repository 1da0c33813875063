import { expect, it } from 'vitest';
import { proveWithProcesses } from '../../scripts/prove-start-once/processes/prove-with-processes.ts';
import { runs } from '../support/effort.ts';

// The large form is `npm run prove:start-once`.
it('restores over workers that are killed: none starts twice, none is lost, every report is true', async () => {
  const restores = runs(15);
  const errors: string[] = [];
  const proof = await proveWithProcesses({
    store: 'file',
    restores,
    workers: 3,
    killEveryMs: 800,
    // On a machine so busy that a worker does not live to do anything, the test still ends.
    mostKills: runs(8),
    startTimeoutMs: 2_000,
    seed: 20_260_423,
    timeoutMs: 150_000,
    onOutput: (text) => errors.push(text),
  });
  expect(errors).toEqual([]);
  expect(proof).toMatchObject({ startedTwice: [], toldWrongly: [], lost: [], overlapping: [] });
  if (!proof) throw new Error('The proof did not run.');
  expect(proof.kills).toBeGreaterThan(2);
  expect(proof.endedKnown).toBeGreaterThan(0);
  expect(proof.endedKnown + proof.reportedUnknown + proof.refused).toBe(restores);
}, 200_000);
