import { join } from 'node:path';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { RestoreInProgressError, StartOutcomeUnknownError } from 'restorekit/errors';
import { fileStore } from 'restorekit/node';
import { type Operation, waitForCompletion } from 'restorekit/operation';
import { basicAuth, OracleEpmClient } from 'restorekit/oracle-epm';
import { listStarts, memoryStore, type StartOnceOptions, startOnce } from 'restorekit/start-once';
import {
  cloudFoundryEmulator,
  docspaceBackups,
  docspaceCredentials,
  docspaceEmulator,
  type Emulator,
  oracleEpmEmulator,
  veeamM365Emulator,
  virtualClock,
} from 'restorekit/testing';
import { VeeamM365V5Client, VeeamM365V6Client, veeamPassword } from 'restorekit/veeam-m365';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './stores.ts';

const ORDERS = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';

type Plan = Pick<StartOnceOptions<Operation<unknown>>, 'client' | 'target' | 'start'>;

interface Setup {
  readonly emulator: Emulator;
  readonly startId: string;
  /** The same product by a new client, as in another process. */
  connect(fetch?: Emulator['fetch']): Plan;
}

interface Trouble {
  readonly loses?: boolean;
  readonly refuses?: boolean;
}

const baseUrl = 'https://setup.example.org';
type Clock = ReturnType<typeof virtualClock>;

function faultsOf({ loses, refuses }: Trouble) {
  return {
    faults: {
      ...(loses ? { loseStartResponse: true } : {}),
      ...(refuses ? { refuseStart: { status: 403, body: '{}', headers: { 'content-type': 'application/json' } } } : {}),
    },
  };
}

const setups: Readonly<Record<string, (clock: Clock, trouble: Trouble) => Setup>> = {
  'Oracle EPM': (clock, trouble) => {
    const emulator = oracleEpmEmulator({ clock, scenario: faultsOf(trouble) });
    return {
      emulator,
      startId: 'startRestoreEnvironment',
      connect: (fetch = emulator.fetch) => {
        const auth = basicAuth({ username: 'admin', password: 'secret' });
        const client = new OracleEpmClient({ baseUrl, auth, fetch, clock });
        const backupName = '2026-04-23T08:48:06/Environment_Backup';
        return {
          client,
          target: {},
          start: () => client.environment.restore({ backupName, dailyMaintenanceStartTime: false }),
        };
      },
    };
  },
  'Cloud Foundry': (clock, trouble) => {
    const emulator = cloudFoundryEmulator({ clock, scenario: faultsOf(trouble) });
    return {
      emulator,
      startId: 'restoreServiceInstance',
      connect: (fetch = emulator.fetch) => {
        const auth = uaaPassword({ username: 'admin', password: 'secret' });
        const client = new CloudFoundryClient({ baseUrl, auth, fetch, clock });
        const start = () => client.serviceInstances.restore({ into: ORDERS, from: 'server-default' });
        return { client, target: ORDERS, start };
      },
    };
  },
  DocSpace: (clock, trouble) => {
    const emulator = docspaceEmulator({ clock, scenario: faultsOf(trouble) });
    return {
      emulator,
      startId: 'startBackupRestore',
      connect: (fetch = emulator.fetch) => {
        const auth = docspaceApiKey(docspaceCredentials.apiKey);
        const client = new DocSpaceClient({ baseUrl, auth, fetch, clock });
        const backupId = docspaceBackups.good.id;
        return { client, target: {}, start: () => client.portal.restore({ backupId, notify: false }) };
      },
    };
  },
};

const cases = Object.entries(setups);
const options = { key: 'CHANGE-1' };

describe.each(cases)('%s', (_, makeSetup) => {
  const startsOf = ({ emulator, startId }: Setup) =>
    emulator.requests.filter(({ operationId }) => operationId === startId).length;

  it('a restore is started once, followed elsewhere, closed at its end, and its target is free then', async () => {
    const clock = virtualClock();
    const setup = makeSetup(clock, {});
    const folder = join(temporaryFolder(), 'starts');
    fileStore.create(folder);
    const first = await startOnce({ ...options, ...setup.connect(), store: fileStore(folder), clock });
    const second = await startOnce({ ...options, ...setup.connect(), store: fileStore(folder), clock });
    expect(second.toJSON()).toEqual(first.toJSON());
    const rival = () => startOnce({ ...setup.connect(), key: 'CHANGE-2', store: fileStore(folder), clock });
    await expect(rival()).rejects.toMatchObject({ code: 'restore-in-progress', handle: first.toJSON() });
    await expect(rival()).rejects.toBeInstanceOf(RestoreInProgressError);
    expect(startsOf(setup)).toBe(1);
    expect((await waitForCompletion(second)).state).toBe('succeeded');
    expect(await listStarts({ store: fileStore(folder) }).toArray()).toMatchObject([
      { key: 'CHANGE-1', state: 'ended', endedAs: 'succeeded' },
      { key: 'CHANGE-2', state: 'released' },
    ]);
    // The portal's own restore has killed its key.
    const last = await rival().catch((error) => error);
    expect(last).not.toBeInstanceOf(RestoreInProgressError);
  });

  it('a lost answer is never followed by a second start, here or elsewhere', async () => {
    const clock = virtualClock();
    const setup = makeSetup(clock, { loses: true });
    const store = memoryStore();
    await expect(startOnce({ ...options, ...setup.connect(), store, clock })).rejects.toBeInstanceOf(
      StartOutcomeUnknownError,
    );
    // DocSpace finds its restore by what was recorded before the start, in this process and in any other.
    for (const memory of [{ ...store }, store]) {
      const rerun = await startOnce({ ...options, ...setup.connect(), store: memory, clock }).catch((error) => error);
      if (rerun instanceof StartOutcomeUnknownError) expect(rerun.message).not.toBe('');
      else expect((await waitForCompletion(rerun)).state).toBe('succeeded');
    }
    expect(setup.emulator.restores.length).toBe(1);
    expect(startsOf(setup)).toBe(1);
  });

  it('a refusal frees the key', async () => {
    const clock = virtualClock();
    const setup = makeSetup(clock, { refuses: true });
    const store = memoryStore();
    for (let again = 0; again < 2; again += 1) {
      const refused = await startOnce({ ...options, ...setup.connect(), store, clock }).catch((error) => error);
      expect(refused).toMatchObject({ code: 'permission', status: 403 });
    }
    expect(startsOf(setup)).toBe(2);
    expect(setup.emulator.restores.length).toBe(0);
  });

  it('a connection that is refused frees the key', async () => {
    const clock = virtualClock();
    const setup = makeSetup(clock, {});
    const store = memoryStore();
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const away = setup.connect(() => Promise.reject(new TypeError('fetch failed', { cause: refused })));
    await expect(startOnce({ ...options, ...away, store, clock })).rejects.toMatchObject({ code: 'connection' });
    expect((await startOnce({ ...options, ...setup.connect(), store, clock })).id).not.toBe('');
    expect(startsOf(setup)).toBe(1);
  });
});

describe('a token endpoint that is down', () => {
  it('leaves no unknown start: nothing was sent, and the key is free', async () => {
    const clock = virtualClock();
    const emulator = cloudFoundryEmulator({ clock });
    let isDown = true;
    const client = new CloudFoundryClient({
      baseUrl,
      clock,
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
      fetch: async (input: string, init: RequestInit) =>
        isDown && /oauth\/token/.test(input) ? new Response('down', { status: 503 }) : emulator.fetch(input, init),
    });
    const store = memoryStore();
    const start = () => client.serviceInstances.restore({ into: ORDERS, from: 'server-default' });
    const plan = { ...options, client, target: ORDERS, start, store, clock };
    const error = await startOnce(plan).catch((thrown) => thrown);
    expect(error).not.toBeInstanceOf(StartOutcomeUnknownError);
    expect((await listStarts({ store }).toArray())[0]?.state).toBe('released');
    isDown = false;
    expect((await startOnce(plan)).kind).toBe('cloud-foundry/restore-service-instance');
    expect(emulator.restores.length).toBe(1);
  });
});

describe.each([
  ['v5', VeeamM365V5Client],
  ['v6', VeeamM365V6Client],
] as const)('Veeam %s', (_, Client) => {
  it('sessions may be open side by side, each started once under its key, with all its calls', async () => {
    const clock = virtualClock();
    const emulator = veeamM365Emulator({ clock });
    const client = new Client({
      baseUrl,
      auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
      fetch: emulator.fetch,
      clock,
    });
    const [organization] = await client.organizations.list().toArray();
    const id = organization?.id ?? '';
    const store = memoryStore();
    const open = (key: string) =>
      startOnce({
        key,
        store,
        client,
        target: id,
        clock,
        start: () => client.organizations.explore(id, { dateTime: '2026-01-01T00:00:00Z', type: 'vex' }),
      });
    const [one, two, again] = [await open('a'), await open('b'), await open('a')];
    expect(two.id).not.toBe(one.id);
    expect(again.id).toBe(one.id);
    await waitForCompletion(one, { until: 'ready' });
    expect((await one.mailboxes.list().toArray()).length).toBeGreaterThan(0);
    await one.stop();
    await waitForCompletion(one);
    expect((await listStarts({ store }).toArray()).map(({ key, state }) => `${key} ${state}`)).toEqual([
      'a ended',
      'b started',
    ]);
  });
});
