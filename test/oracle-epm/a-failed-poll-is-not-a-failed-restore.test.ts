import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { bearerToken } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, done, emulated, html, JOB_PATH, json, scriptedEnvironment, started } from './support.ts';

const running = json({ details: '', status: -1, items: null, links: null });
const times = (count: number, answer: Response) => Array.from({ length: count }, () => answer);

describe('an outage, for as long as its budget lasts', () => {
  it.each([
    ['403: the restore replaces roles (OE-21)', json({ details: 'Not allowed', status: 1 }, 403)],
    ['500', html(500)],
    ['503', html(503)],
    ['408', json({}, 408)],
    [
      'a redirect to a login page (OE-23)',
      () => new Response(null, { status: 302, headers: { location: 'https://x.invalid' } }),
    ],
    ['a page under 200 (OE-23)', html()],
    ['a status that cannot be read (OE-8)', json({ status: '' })],
    ['an empty answer', () => new Response('')],
    ['a cut connection', () => Promise.reject(new TypeError('fetch failed'))],
  ])('%s', async (_, answer) => {
    const { epm } = scriptedEnvironment([
      started(JOB_PATH),
      running,
      ...Array.from({ length: 30 }, () => answer),
      done,
    ]);
    const result = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
    expect(result).toMatchObject({ state: 'succeeded', polls: 32 });
    expect(result.unreachableMs).toBeGreaterThan(60_000);
  });

  it('403 to the end is an unknown outcome after two hours', async () => {
    const { epm } = emulated({ scenario: 'roles-replaced' });
    const error = await rejection(waitForCompletion(await epm.environment.restore({ backupName: BACKUP })));
    expect(error).toMatchObject({ code: 'outage', reason: 'unreachable', lastSeen: { state: 'running' } });
    expect((error as unknown as { observed: Record<string, number> }).observed).toHaveProperty('permission 403');
  });
});

describe('401', () => {
  it('to a password: three slow polls over ten minutes, so that no account is locked', async () => {
    const { epm, clock, emulator } = emulated({ scenario: 'user-gone' });
    const operation = await epm.environment.restore({ backupName: BACKUP });
    const error = await rejection(waitForCompletion(operation));
    expect(error).toMatchObject({
      code: 'access-lost',
      observed: { 'authentication 401': 3 },
      handle: { id: operation.id },
    });
    expect(clock.now() - operation.startedAt.getTime()).toBeGreaterThanOrEqual(600_000);
    expect(emulator.requests).toHaveLength(1 + 2 + 3);
  });

  it('to a password, and then no more: the wait goes on', async () => {
    const { epm } = scriptedEnvironment([started(JOB_PATH), running, json({}, 401), json({}, 401), done]);
    expect((await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }))).state).toBe('succeeded');
  });

  it('to a bearer token that is still the same: after three refusals over ten minutes', async () => {
    const { epm } = emulated({ scenario: 'user-gone', auth: bearerToken('token-1'), bearerTokens: ['token-1'] });
    const error = await rejection(waitForCompletion(await epm.environment.restore({ backupName: BACKUP })));
    expect(error).toMatchObject({ code: 'access-lost', observed: { running: 2, 'authentication 401': 3 } });
  });

  it('to a bearer token that has expired: asked for again, and not noticed (OE-22)', async () => {
    const bearerTokens = Array.from({ length: 20 }, (_, index) => `token-${index}`);
    let asked = 0;
    const auth = bearerToken(() => bearerTokens[asked++] ?? '');
    const { epm } = emulated({ scenario: 'bearer-token-expires', auth, bearerTokens });
    const result = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
    expect(result).toMatchObject({ state: 'succeeded', unreachableMs: 0 });
    expect(asked).toBeGreaterThan(2);
  });
});

describe('404', () => {
  it('for a moment after the start is waited out', async () => {
    const { epm } = scriptedEnvironment([
      started(JOB_PATH),
      ...times(3, json({ details: 'No such job' }, 404)),
      running,
      done,
    ]);
    expect((await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }))).state).toBe('succeeded');
  });

  it('for good is an unknown outcome, after a minute (OE-25)', async () => {
    const { epm, clock } = emulated({ scenario: 'job-forgotten-at-the-end' });
    const operation = await epm.environment.restore({ backupName: BACKUP });
    expect(await rejection(waitForCompletion(operation))).toMatchObject({ code: 'outage', reason: 'gone' });
    expect(clock.now() - operation.startedAt.getTime()).toBeLessThan(3 * 60_000);
  });
});

it('429 is no outage, and its Retry-After is kept to', async () => {
  const { epm } = scriptedEnvironment([started(JOB_PATH), running, json({}, 429, { 'retry-after': '120' }), done]);
  const result = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
  expect(result).toMatchObject({ state: 'succeeded', unreachableMs: 0 });
  expect(result.elapsedMs).toBeGreaterThanOrEqual(120_000);
});

it('poll() is one poll, and throws what it met', async () => {
  const { epm, received } = scriptedEnvironment([started(JOB_PATH), html(503), running]);
  const operation = await epm.environment.restore({ backupName: BACKUP });
  expect(await rejection(operation.poll())).toMatchObject({ code: 'server', status: 503 });
  expect(received).toHaveLength(2);
  expect(await operation.poll()).toMatchObject({ state: 'running', pollAfterMs: expect.any(Number) });
});
