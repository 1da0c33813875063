import { expect, it } from 'vitest';
import { toSteps } from '../../src/oracle-epm/steps.ts';

it.each([
  ['absent', undefined, []],
  ['null', null, []],
  ['none', [], []],
  ['one key each', [{ A: 'Success' }, { B: 'In Progress' }], ['A: Success', 'B: In Progress']],
  ['several keys in one object', [{ A: 'Success', B: 'NA' }, { C: 'x' }], ['A: Success', 'B: NA', 'C: x']],
  ['an object without a key', [{}, { A: 'Success' }], ['A: Success']],
  ['holes', [null, 'Success', 3, { A: 'Success' }], ['A: Success']],
  ['an object instead of an array', { A: 'Success' }, ['A: Success']],
  ['a text', 'Success', []],
  ['states that are no text', [{ A: null }, { B: 1 }], ['A: null', 'B: 1']],
  ['the same label twice', [{ A: 'Failed' }, { A: 'Success' }], ['A: Failed', 'A: Success']],
])('%s', (_, intermittentStatus, expected) => {
  expect(toSteps(intermittentStatus).map(({ name, state }) => `${name}: ${state}`)).toEqual(expected);
});
