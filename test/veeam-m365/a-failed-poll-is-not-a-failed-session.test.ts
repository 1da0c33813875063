import { describe, expect, it } from 'vitest';
import { AccessLostError, OutageError, WaitTimeoutError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import { caught, oneSession, SESSION, scripted, serverWith, sessionBody } from './support.ts';

const reset = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
};

describe('a wait', () => {
  it.each<[string, () => Response]>([
    ['a reset', reset],
    ['503 with a page', () => new Response('<html>', { status: 503 })],
    ['200 with a page', () => new Response('<html>', { status: 200 })],
    ['500', () => Response.json({ message: 'x' }, { status: 500 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://login.invalid/' } })],
    ['JSON without a state', () => Response.json({ id: SESSION })],
  ])('goes on through %s', async (_, fault) => {
    const session = (count: number) => {
      if (count <= 3) return fault();
      return sessionBody({ state: 'Stopped' });
    };
    const { veeam } = scripted('v6', oneSession({ session, events: [] }));

    const done = await waitForCompletion(veeam.attach({ id: SESSION }));

    expect(done.state).toBe('succeeded');
    expect(done.unreachableMs).toBeGreaterThan(0);
  });

  it('gives up after half an hour without a view, and says that nothing failed', async () => {
    const { clock, veeam } = scripted('v6', oneSession({ session: reset }));
    const from = clock.now();

    const error = await caught(waitForCompletion(veeam.attach({ id: SESSION })));

    expect(error).toBeInstanceOf(OutageError);
    expect(clock.now() - from).toBeGreaterThanOrEqual(30 * 60_000);
    expect(clock.now() - from).toBeLessThan(32 * 60_000);
  });

  it.each([
    ['403', () => Response.json({ message: 'No.' }, { status: 403 })],
    ['401 to a token that cannot be renewed', () => new Response(null, { status: 401 })],
  ])('ends at once with %s', async (_, refusal) => {
    const { veeam } = scripted('v6', oneSession({ session: refusal }));

    expect(await caught(waitForCompletion(veeam.attach({ id: SESSION })))).toBeInstanceOf(AccessLostError);
  });

  it('tolerates a session that is unknown just after the start', async () => {
    const { open } = serverWith('v6', 'unknown-at-first');
    const session = await open();

    expect((await waitForCompletion(session, { until: 'ready' })).state).toBe('running');
  });

  it('calls a session that was forgotten gone, and not failed', async () => {
    const { open } = serverWith('v6', 'forgotten-when-ended');

    const error = await caught(waitForCompletion(await open()));

    expect(error).toMatchObject({ reason: 'gone' });
    expect(error).toBeInstanceOf(OutageError);
  });

  it('for a session that nobody stops runs into its deadline, and says so', async () => {
    const { clock, open } = serverWith('v6');
    const from = clock.now();

    const error = await caught(waitForCompletion(await open()));

    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(String(error)).toContain('until somebody stops it');
    expect(clock.now() - from).toBe(24 * 3_600_000);
  });

  it.each([
    'tokens-of-a-minute',
    'tokens-of-five-calls',
    'refresh-refused',
    'empty-unauthorized',
    'tokens-die-at-the-third-poll',
    'tokens-and-refresh-tokens-die',
  ] satisfies VeeamM365ScenarioName[])('outlives its tokens: %s (VM-24, VM-26)', async (scenario) => {
    const { clock, open, starts } = serverWith('v6', scenario);
    const session = await open();
    clock.sleep(300_000).then(() => session.stop());

    const done = await waitForCompletion(session);

    expect(done.state).toBe('succeeded');
    expect(done.unreachableMs).toBe(0);
    expect(starts()).toHaveLength(1);
  });
});
