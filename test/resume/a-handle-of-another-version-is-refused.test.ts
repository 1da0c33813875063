import { describe, expect, it } from 'vitest';
import { resume } from '../../src/client/resume.ts';
import type { SavedHandle } from '../../src/operation/index.ts';
import { clientsAt } from './support/clients.ts';
import { endedFor } from './support/ended-systems.ts';
import { type Golden, goldens } from './support/golden.ts';
import { handleErrorOf } from './support/handle-error.ts';

/** What the error of `resume` and of the client's own `resume` says, after nothing was sent. */
function refusal({ handle }: Golden, saved: unknown): { field: string; message: string } {
  const { received, fetch } = endedFor(handle);
  const clients = clientsAt(fetch);
  const client = clients.find(({ kinds }) => [...kinds].some((kind) => kind === handle.kind));
  const { field, message } = handleErrorOf(() => resume(saved as SavedHandle, clients));
  const own = handleErrorOf(() => client?.resume(saved as SavedHandle));
  expect({ field: own.field, message: own.message }).toEqual({ field, message });
  expect(received).toEqual([]);
  return { field, message };
}

describe.each(goldens)('$name', (golden) => {
  const { v: _, ...withoutVersion } = golden.handle;

  it.each<[string, unknown, RegExp]>([
    [
      'version 2',
      { ...withoutVersion, v: 2 },
      /is 2: a newer version .* wrote it, but this version reads only 1\. Update/,
    ],
    ['version 2 as JSON', JSON.stringify({ ...withoutVersion, v: 2 }), /newer version.*Update the package/],
    ['version 0', { ...withoutVersion, v: 0 }, /is 0, which no version .* writes.*as it was saved/],
    ['version 1.5, which is newer', { ...withoutVersion, v: 1.5 }, /Update the package/],
    ['version -1', { ...withoutVersion, v: -1 }, /is -1, .*as it was saved/],
    ['a version that is a text', { ...withoutVersion, v: '1' }, /is of type string, .* the number 1.*as it was saved/],
    ['a version that is an object', { ...withoutVersion, v: { major: 1 } }, /is of type object, .*as it was saved/],
    ['no version', withoutVersion, /is missing.*operation\.toJSON\(\)/],
    ['no version as JSON', JSON.stringify(withoutVersion), /is missing.*operation\.toJSON\(\)/],
    ['null for a version', { ...withoutVersion, v: null }, /is missing.*operation\.toJSON\(\)/],
  ])('with %s is refused, and it is said what to do', (_name, saved, advice) => {
    const { field, message } = refusal(golden, saved);
    expect(field).toBe('v');
    expect(message).toMatch(/^handle\.v: /);
    expect(message).toMatch(advice);
  });

  it.each<[string, (golden: Golden) => unknown, RegExp]>([
    ['a text of a later form', ({ text }) => text.replace('rk1_', 'rk2_'), /begins with rk2_.*Update the package/],
    ['a text that lost its end', ({ text }) => text.slice(0, -5), /truncated or changed.*copy the whole text/],
    ['a text that lost its beginning', ({ text }) => text.slice(5), /must begin with rk1_/],
    ['half of the JSON', ({ handle }) => JSON.stringify(handle).slice(0, 60), /as it was saved/],
    ['JSON of JSON', ({ handle }) => JSON.stringify(JSON.stringify(handle)), /was written as JSON twice/],
    ['nothing but the id', ({ handle }) => handle.id, /must begin with rk1_/],
    ['an empty text', () => '', /must begin with rk1_/],
  ])('as %s is refused', (_name, spoil, advice) => {
    const { field, message } = refusal(golden, spoil(golden));
    expect(field).toBe('text');
    expect(message).toMatch(advice);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 1],
    ['a list', [golden.handle]],
    ['a list as JSON', JSON.stringify([golden.handle])],
    ['the operation itself', { kind: golden.handle.kind, id: golden.handle.id, startedAt: new Date() }],
  ])('given as %s is refused', (_name, saved) => {
    const { message } = refusal(golden, saved);
    expect(message).toMatch(/operation\.toJSON\(\)|must begin with rk1_/);
  });

  it('with an id that no address can hold is refused by its field', () => {
    expect(refusal(golden, { ...golden.handle, id: 'a\ud800b' }).field).toBe('id');
  });
});
