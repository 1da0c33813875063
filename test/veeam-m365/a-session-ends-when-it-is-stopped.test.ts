import { describe, expect, it } from 'vitest';
import { UnexpectedResponseError } from '../../src/errors/index.ts';
import { oneSession, SESSION, scripted, sessionBody } from './support.ts';

/** [state, result] and what is made of it, with the texts that must be named. */
const VECTORS: readonly [string, string | undefined, string, string?][] = [
  ['Working', 'Success', 'running'],
  ['Starting', 'Success', 'running'],
  ['Stopping', 'Success', 'running'],
  ['Working', 'Failed', 'running'],
  ['Paused', 'Success', 'running', 'Paused'],
  ['Stopped', 'Success', 'succeeded'],
  ['stopped', 'success', 'succeeded'],
  ['STOPPED', 'Success', 'succeeded'],
  ['Stopped', 'Warning', 'partial'],
  ['Stopped', 'Failed', 'failed'],
  ['NotStopped', 'Success', 'running', 'NotStopped'],
  ['Stopped pending', 'Success', 'running', 'Stopped pending'],
];

const END_TIMES = ['2022-01-21T22:53:13.9685934Z', '9999-12-31T23:59:59.9999999Z', null, undefined];

describe.each(['v5', 'v6'] as const)('%s', (version) => {
  it.each(VECTORS)('%s + %s is %s (VM-2)', async (state, result, expected, named = '') => {
    const { veeam } = scripted(version, oneSession({ session: () => sessionBody({ state, result }) }));

    const status = await veeam.attach({ id: SESSION }).poll();

    expect(status.state).toBe(expected);
    expect(status.message ?? '').toContain(named);
  });

  it.each(['None', undefined, 'Unsuccessful', 'Success in part'])(
    'Stopped + %s has ended without a verdict',
    async (result) => {
      const { veeam } = scripted(version, oneSession({ session: () => sessionBody({ state: 'Stopped', result }) }));
      await expect(veeam.attach({ id: SESSION }).poll()).rejects.toMatchObject({
        name: 'OutcomeUnknownError',
        reason: 'ended-without-verdict',
        handle: { id: SESSION },
      });
    },
  );

  it.each(END_TIMES)('an endTime of %s decides nothing (VM-3)', async (endTime) => {
    const live = scripted(version, oneSession({ session: () => sessionBody({ endTime }) }));
    const over = scripted(version, oneSession({ session: () => sessionBody({ endTime, state: 'Stopped' }) }));

    expect((await live.veeam.attach({ id: SESSION }).poll()).state).toBe('running');
    expect((await over.veeam.attach({ id: SESSION }).poll()).state).toBe('succeeded');
    expect(await live.veeam.restoreSessions.get(SESSION)).not.toHaveProperty('endedAt');
    expect(await live.veeam.restoreSessions.get(SESSION)).not.toHaveProperty('result');
    const { endedAt } = await over.veeam.restoreSessions.get(SESSION);
    expect(endedAt).toEqual(endTime?.startsWith('2022') ? new Date('2022-01-21T22:53:13.968Z') : undefined);
  });
});

describe('the end of a session', () => {
  const event = { id: 'e1', type: 'Restore', status: 'Failed', message: 'Mailbox A could not be opened.', order: 1 };

  it('that failed has the reasons of the server', async () => {
    const session = () => sessionBody({ state: 'Stopped', result: 'Failed', details: 'The proxy is offline.' });
    const { veeam } = scripted('v6', oneSession({ session, events: [event] }));

    const status = await veeam.attach({ id: SESSION }).poll();

    expect(status).toMatchObject({
      state: 'failed',
      failure: { code: 'Failed', message: 'The proxy is offline. Mailbox A could not be opened.' },
    });
  });

  it('with a warning has the text of the warning', async () => {
    const session = () => sessionBody({ state: 'Stopped', result: 'Warning' });
    const { veeam } = scripted('v6', oneSession({ session, events: [{ ...event, status: 'Warning' }] }));

    const status = await veeam.attach({ id: SESSION }).poll();

    expect(status).toMatchObject({ state: 'partial', warnings: [{ message: 'Mailbox A could not be opened.' }] });
  });

  it.each<[string, readonly unknown[] | undefined, readonly string[]]>([
    ['no event of a restore', [{ id: 'e0', type: 'None', status: 'Success' }], ['nothing-restored']],
    ['an event of a restore', [{ ...event, status: 'Success' }], []],
    ['an event of an export', [{ ...event, type: 'Export' }], ['nothing-restored']],
    ['events that cannot be read', undefined, ['events-not-read']],
  ])('with %s claims what is known', async (_, events, codes) => {
    const session = () => sessionBody({ state: 'Stopped' });
    const { veeam } = scripted('v6', oneSession({ session, ...(events ? { events } : {}) }));

    const { warnings } = await veeam.attach({ id: SESSION }).poll();

    expect(warnings.map(({ code }) => code)).toEqual(codes);
  });

  it('claims nothing from the first page of the events alone', async () => {
    const { veeam } = scripted('v6', ({ path }) =>
      path.includes('/Events')
        ? Response.json({
            offset: 0,
            limit: 1,
            results: path.includes('offset=1')
              ? [{ ...event, id: 'e1', status: 'Success' }]
              : [{ id: 'e0', type: 'None', status: 'Success' }],
            _links: path.includes('offset=1') ? {} : { next: { href: '/v6/x?offset=1' } },
          })
        : Response.json(sessionBody({ state: 'Stopped' })),
    );

    expect((await veeam.attach({ id: SESSION }).poll()).warnings).toEqual([]);
  });

  it('is looked for in one request while the session lives, and the events are read at the end only', async () => {
    const { veeam, asked } = scripted(
      'v6',
      oneSession({ session: (count) => sessionBody({ state: count === 1 ? 'Working' : 'Stopped' }), events: [] }),
    );
    const session = veeam.attach({ id: SESSION });

    await session.poll();
    expect(asked).toHaveLength(1);
    await session.poll();
    expect(asked).toHaveLength(3);
  });

  it('is not guessed from an answer without a state', async () => {
    const { veeam } = scripted('v6', oneSession({ session: () => ({ id: SESSION, result: 'Success' }) }));

    await expect(veeam.attach({ id: SESSION }).poll()).rejects.toThrow(UnexpectedResponseError);
  });
});
