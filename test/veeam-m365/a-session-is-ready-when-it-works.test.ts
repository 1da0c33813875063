import { describe, expect, it } from 'vitest';
import { ConflictError, OperationFailedError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { caught, MAILBOX, oneSession, SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

describe.each(VERSIONS)('%s: a session', (version) => {
  it('is ready when its state is Working, and not before', async () => {
    const { clock, open } = serverWith(version, 'starts-slowly');
    const session = await open();

    const ready = await waitForCompletion(session, { until: 'ready' });

    expect(ready.state).toBe('running');
    expect(clock.now() - session.startedAt.getTime()).toBeGreaterThanOrEqual(20_000);
    expect(await session.mailboxes.list().toArray()).toHaveLength(3);
  });

  it('is not restored from while it is Starting, which the server would answer by an ambiguous 500', async () => {
    const { open, restores } = serverWith(version, 'starts-slowly');
    const session = await open();

    const error = await caught(session.mailboxes.restore(MAILBOX));

    expect(error).toBeInstanceOf(ConflictError);
    expect(String(error)).toContain("until: 'ready'");
    expect(restores()).toEqual([]);
  });
});

it('a wait for a session that ends before it is ready says that it has ended', async () => {
  const session = (count: number) => sessionBody({ state: count === 1 ? 'Starting' : 'Stopped', result: 'Failed' });
  const { veeam } = scripted('v6', oneSession({ session }));

  const error = await caught(waitForCompletion(veeam.attach({ id: SESSION }), { until: 'ready' }));

  expect(error).toBeInstanceOf(OperationFailedError);
});

it('a state that is not known is not ready', async () => {
  const session = (count: number) => sessionBody({ state: count < 4 ? 'Paused' : 'working' });
  const { veeam, asked } = scripted('v6', oneSession({ session }));

  await waitForCompletion(veeam.attach({ id: SESSION }), { until: 'ready' });

  expect(asked).toHaveLength(4);
});
