import { expect, it } from 'vitest';
import { simulate } from '../../scripts/prove-start-once/simulation/simulate.ts';
import { runs } from '../support/effort.ts';

// The large form is `npm run prove:start-once`.
it('whatever is lost, late, suspended or killed: no double start, none lost, every end and every "not sent" true', async () => {
  const keys = runs(80);
  const found = await simulate({ keys, seed: 20_261_127, misrouted: 0 });
  expect(found).toMatchObject({ keys, doubleStarts: [], lostRestores: [], falseEnds: [], falseNotSent: [] });
  expect(found.deaths).toBeGreaterThan(0.1 * keys);
  expect(found.restores).toBeGreaterThan(0.4 * keys);
  expect(found.endsTold).toBeGreaterThan(0.3 * keys);
  // Killed between the intent and the request, nobody can know. It must stay rare.
  expect(found.unknownWithoutPost / keys).toBeLessThan(0.08);
}, 120_000);

it('misrouted answers, of another environment behind the gateway too, end no restore that has not ended', async () => {
  const found = await simulate({ keys: runs(40), seed: 20_261_128, misrouted: 0.05 });
  expect(found).toMatchObject({ doubleStarts: [], lostRestores: [], falseEnds: [], falseNotSent: [] });
}, 120_000);
