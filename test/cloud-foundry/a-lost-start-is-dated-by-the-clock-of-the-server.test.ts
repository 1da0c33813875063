import { describe, expect, it } from 'vitest';
import type { Reconciliation, StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { foundation, ORDERS, RESTORE } from './support.ts';

const MINUTE = 60_000;
const SKEWS = [0, 5_000, -5_000, 15 * MINUTE, -15 * MINUTE];

function told(answer: Reconciliation<unknown>) {
  if (answer.outcome !== 'unknown') throw new Error(`it is ${answer.outcome}`);
  return { evidence: answer.evidence.join(' '), looksNotStarted: answer.looksNotStarted ?? false };
}

describe.each(SKEWS)('a server whose clock is %i ms ahead', (clockSkewMs) => {
  it('does not call the operation of a lost start older than it', async () => {
    const { cf, emulator } = foundation({ durationMs: 30 * MINUTE, clockSkewMs, faults: { loseStartResponse: true } });
    const error = (await rejection(cf.serviceInstances.restore(RESTORE))) as StartOutcomeUnknownError;
    const { evidence, looksNotStarted } = told(await error.reconcile());
    expect(emulator.restores).toHaveLength(1);
    expect(evidence).toContain('not older than the start');
    expect(looksNotStarted).toBe(false);
  });

  it('says of a start that was not carried out that it looks so, and no more', async () => {
    const { cf, emulator } = foundation({
      clockSkewMs,
      faults: { answers: [{ at: 'start', kind: 'bad-gateway-page' }] },
    });
    const error = (await rejection(cf.serviceInstances.restore(RESTORE))) as StartOutcomeUnknownError;
    const { evidence, looksNotStarted } = told(await error.reconcile());
    expect(emulator.restores).toHaveLength(0);
    expect(evidence).toContain('is older than the start');
    expect(looksNotStarted).toBe(true);
  });

  it('is understood by a process with yet another clock, by the baseline', async () => {
    for (const processSkewMs of SKEWS) {
      const { cf, emulator, clock } = foundation({
        durationMs: 30 * MINUTE,
        clockSkewMs,
        faults: { loseStartResponse: true },
      });
      const baseline = JSON.parse(JSON.stringify(await cf.takeBaseline({ instance: ORDERS })));
      const startedAt = new Date(clock.now());
      await rejection(cf.serviceInstances.restore(RESTORE));
      const other = virtualClock(clock.now() + processSkewMs);
      const { cf: later } = foundation({}, { fetch: emulator.fetch, clock: other });
      const lost = { startedAt, target: { instance: ORDERS } };
      const withBaseline = told(await later.reconcileStart({ ...lost, baseline }));
      expect(withBaseline).toMatchObject({
        evidence: expect.stringContaining('may be this restore'),
        looksNotStarted: false,
      });
      // Nobody knows by whose clock the start is told: it never looks as if it had not begun.
      expect(told(await later.reconcileStart(lost)).looksNotStarted).toBe(false);
    }
  });
});

const INSTANCE = { guid: ORDERS, name: 'n' };

async function lostBetween(before: unknown, after: unknown) {
  let isSent = false;
  const server = scriptedServer(({ method }) => {
    if (method !== 'POST') return Response.json({ ...INSTANCE, last_operation: isSent ? after : before });
    isSent = true;
    return Promise.reject(new TypeError('fetch failed'));
  });
  const { cf, clock, start } = clientOf({ fetch: server.fetch });
  const target = { instance: INSTANCE.guid };
  const baseline = await cf.takeBaseline(target);
  const startedAt = new Date(clock.now());
  await rejection(start());
  return told(await cf.reconcileStart({ startedAt, target, baseline }));
}

describe('the operation of before', () => {
  const at = (minute: number) => `2025-12-31T23:${String(minute).padStart(2, '0')}:00Z`;
  const ended = { type: 'update', state: 'succeeded', created_at: at(10), updated_at: at(20) };

  it('that has not changed is proof that nothing shows', async () => {
    expect(await lostBetween(ended, ended)).toMatchObject({ looksNotStarted: true });
  });

  it('that went on, and has ended since, is still that one', async () => {
    const running = { ...ended, state: 'in progress' };
    expect(await lostBetween(running, { ...ended, updated_at: at(59) })).toMatchObject({ looksNotStarted: true });
  });

  it.each([
    ['written to after its end', { ...ended, state: 'in progress', updated_at: '2026-01-01T00:00:02Z' }],
    ['written to after its end without another state', { ...ended, updated_at: '2026-01-01T00:00:02Z' }],
    ['replaced', { ...ended, created_at: at(59) }],
    ['replaced by one of another type', { ...ended, type: 'restore' }],
  ])('that was %s is none', async (_, after) => {
    expect(await lostBetween(ended, after)).toMatchObject({ looksNotStarted: false });
  });

  it('where there was none is none', async () => {
    expect(await lostBetween({}, ended)).toMatchObject({ looksNotStarted: false });
    expect(await lostBetween({}, {})).toMatchObject({ looksNotStarted: false });
  });
});

it('the answer about another instance is no evidence', async () => {
  const other = {
    guid: 'other',
    name: 'n',
    last_operation: { type: 'create', state: 'succeeded', created_at: '2020-01-01T00:00:00Z' },
  };
  const server = scriptedServer(({ method }) =>
    method === 'POST' ? Promise.reject(new TypeError('fetch failed')) : Response.json(other),
  );
  const error = (await rejection(clientOf({ fetch: server.fetch }).start())) as StartOutcomeUnknownError;
  expect(told(await error.reconcile())).toMatchObject({
    evidence: expect.stringContaining('another service instance'),
    looksNotStarted: false,
  });
});

it('a start is one request: nothing is read before it', async () => {
  const server = scriptedServer(({ method }) =>
    method === 'POST'
      ? new Response(null, { status: 202, headers: { location: '/v3/jobs/1' } })
      : Response.json({ errors: [{ code: 10003, title: 'CF-NotAuthorized', detail: 'no' }] }, { status: 403 }),
  );
  await expect(clientOf({ fetch: server.fetch }).start()).resolves.toMatchObject({ id: '1' });
  expect(server.received).toHaveLength(1);
});

it('a target that names no instance is not asked about', async () => {
  const { cf, emulator } = foundation();
  await expect(cf.takeBaseline({})).resolves.toBeUndefined();
  expect(told(await cf.reconcileStart({ startedAt: new Date(0), target: {} })).evidence).toContain('not known');
  expect(emulator.requests).toEqual([]);
});
