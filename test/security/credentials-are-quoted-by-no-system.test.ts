import type { Secret } from 'restorekit';
import { describeError } from 'restorekit/terminal';
import { virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { rejection } from '../support/rejection.ts';
import { listedSystems } from '../support/systems.ts';
import { BASE } from './systems.ts';
import { shown } from './whatever-could-be-printed.ts';

const SECRET = 'correct-horse-4711';

/** Credentials that a server refuses, or that cannot be had. */
const refused: Readonly<Record<string, Secret>> = {
  'is wrong': SECRET,
  'holds a line break': `${SECRET}\r\n${SECRET}`,
  'holds a character of no header': `${SECRET}é`,
  'comes from a function that quotes it in its error': () => {
    throw new Error(`the store of secrets refused ${SECRET}`);
  },
  'comes from a function that rejects with it': () => Promise.reject(SECRET),
  'comes in an object': () => ({ [SECRET]: SECRET }) as never,
};

const clients = listedSystems.flatMap(({ product, sampleCalls }) =>
  Object.entries(sampleCalls).map(([name, sample]) => ({ name, product, sample })),
);

describe.each(clients)('$name', ({ product, sample }) => {
  it.each(Object.entries(refused))('quotes no credential that %s, in any error', async (_, secret) => {
    const clock = virtualClock();
    const { fetch } = product.make({ clock });
    const { start, calls } = sample.connect({ baseUrl: BASE, auth: sample.login(secret), fetch, clock });
    const errors: unknown[] = [await rejection(start())];
    // Some reads take no login.
    for (const call of Object.values(calls)) await call().catch((error: unknown) => errors.push(error));
    for (const error of errors) {
      expect(shown(error) + describeError(error)).not.toContain(SECRET);
    }
  });

  it('shows nothing of its credentials', () => {
    for (const auth of [sample.login(SECRET), sample.withoutLogin(SECRET)]) {
      const { client } = sample.connect({ baseUrl: BASE, auth, headers: { 'x-key': SECRET } });
      expect(shown(auth) + shown(client)).not.toContain(SECRET);
    }
  });
});
