import { describe, expect, it } from 'vitest';
import { RestoreInProgressError, StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { followStart, listStarts, memoryStore, type RestoreStore, startOnce } from '../../src/start-once/index.ts';
import type { VeeamVersion } from '../../src/testing/veeam-m365/scenario.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import {
  type MailboxRestore,
  type RestoreMailboxOptions,
  type RestoreSession,
  veeamPassword,
} from '../../src/veeam-m365/index.ts';
import { BASE_URL, CLIENTS, caught, MAILBOX, SWEPT, serverWith } from './support.ts';

const HOUR = { mailboxRestore: { durationMs: 3_600_000 } };
const OTHER = MAILBOX.replace(/1$/, '2');

/** A restore under a key, with the target that belongs to it. */
function started(
  { veeam, clock }: ReturnType<typeof serverWith>,
  session: RestoreSession,
  store: RestoreStore,
  more: { readonly key?: string; readonly mailbox?: string } = {},
) {
  const { key = 'CHANGE-1', mailbox = MAILBOX } = more;
  return startOnce({
    key,
    store,
    client: veeam,
    target: `${session.id}/${mailbox}`,
    clock,
    start: () => session.mailboxes.restore(mailbox, { note: key }),
  });
}

/** The store as a process leaves it that dies when the request has left: what it would have written is lost. */
function dyingStore(inner: RestoreStore): RestoreStore {
  let isDead = false;
  const never = new Promise<never>(() => undefined);
  return {
    ...inner,
    compareAndSet: async (name, text, version) => {
      if (isDead) return never;
      const written = await inner.compareAndSet(name, text, version);
      isDead = text.includes('"intended"');
      return written;
    },
  };
}

/** Another process: a client that has logged in anew, and knows nothing but the store. */
function elsewhere(version: VeeamVersion, { emulator, clock }: ReturnType<typeof serverWith>) {
  return new CLIENTS[version]({
    baseUrl: BASE_URL,
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
    fetch: emulator.fetch,
    clock,
  });
}

describe.each(SWEPT)('%s: a restore inside a session, under a key', (version) => {
  it('is started once, and a rerun goes on with it', async () => {
    const server = serverWith(version, HOUR);
    const store = memoryStore();
    const session = await server.open();

    const restore = await started(server, session, store);
    const again = await started(server, session, store);
    await waitForCompletion(again);

    expect(again.id).toBe(restore.id);
    expect(server.restores()).toHaveLength(1);
    const [record] = await listStarts({ store }).toArray();
    expect(record).toMatchObject({ key: 'CHANGE-1', state: 'ended' });
  });

  it('is followed by another process that knows the key alone', async () => {
    const server = serverWith(version, HOUR);
    const store = memoryStore();
    const restore = await started(server, await server.open(), store);
    const client = elsewhere(version, server);

    const followed = await followStart({ key: 'CHANGE-1', store, client, clock: server.clock });

    expect(followed.id).toBe(restore.id);
    expect((await waitForCompletion(followed)).state).toBe('succeeded');
  });

  it('whose process died after the request had left is found by its event, and not sent again', async () => {
    const server = serverWith(version, HOUR);
    const store = memoryStore();
    const session = await server.open();
    // Never answers: the process is gone.
    void started(server, session, dyingStore(store));
    await server.clock.sleep(60_000);
    const client = elsewhere(version, server);

    const again = startOnce({
      key: 'CHANGE-1',
      store: { ...store },
      client,
      target: `${session.id}/${MAILBOX}`,
      clock: server.clock,
      start: (): Promise<MailboxRestore> => Promise.reject(new Error('It was started again.')),
    });
    if (version === 'v8') {
      // Its session is listed to the login that has started it only.
      await expect(again).rejects.toBeInstanceOf(StartOutcomeUnknownError);
      expect(server.restores()).toHaveLength(1);
      return;
    }
    const restore = await again;

    expect(restore.kind).toBe(`veeam-m365-${version}/mailbox-restore`);
    expect((await waitForCompletion(restore)).state).toBe('succeeded');
    expect(server.restores()).toHaveLength(1);
    expect((await listStarts({ store }).toArray())[0]).toMatchObject({ state: 'ended' });
  });

  it('whose process died before the request left is not known to have started, and not sent again', async () => {
    const server = serverWith(version, HOUR);
    const store = memoryStore();
    const session = await server.open();
    void startOnce({
      key: 'CHANGE-1',
      store: dyingStore(store),
      client: server.veeam,
      target: `${session.id}/${MAILBOX}`,
      clock: server.clock,
      start: () => new Promise<never>(() => undefined),
    });
    await server.clock.sleep(60_000);

    const error = await caught(started(server, session, { ...store }));

    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(String(error)).toContain('no event of this restore');
    expect(server.restores()).toEqual([]);
  });

  it('keeps its mailbox for itself, and leaves others alone', async () => {
    const server = serverWith(version, HOUR);
    const store = memoryStore();
    const session = await server.open();
    const restore = await started(server, session, store);

    await expect(started(server, session, store, { key: 'CHANGE-2' })).rejects.toThrow(RestoreInProgressError);
    await started(server, session, store, { key: 'CHANGE-3', mailbox: OTHER });
    expect(server.restores()).toHaveLength(2);

    await waitForCompletion(restore);
    await started(server, session, store, { key: 'CHANGE-2' });
    expect(server.restores()).toHaveLength(3);
  });

  it.each<[string, VeeamM365ScenarioName | undefined, Partial<RestoreMailboxOptions>]>([
    ['that is refused', 'secrets-echoed', {}],
    ['in a session that has stopped', 'session-until-stopped', {}],
    [
      'whose secret cannot be read',
      undefined,
      { userName: 'admin', userPassword: () => Promise.reject(new Error('The vault is sealed.')) },
    ],
  ])('%s frees the key', async (_, scenario, options) => {
    const server = serverWith(version, scenario);
    const store = memoryStore();
    const session = await server.open();
    if (scenario === 'session-until-stopped') await session.stop();

    await caught(
      startOnce({
        key: 'CHANGE-1',
        store,
        client: server.veeam,
        target: `${session.id}/${MAILBOX}`,
        clock: server.clock,
        start: () => session.mailboxes.restore(MAILBOX, options),
      }),
    );

    expect((await listStarts({ store }).toArray())[0]).toMatchObject({ state: 'released' });
  });
});
