import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { fileStore, openStore, startOnce } from 'restorekit/node';
import { followStart, memoryStore, settleStart } from 'restorekit/start-once';
import { cloudFoundryEmulator, virtualClock } from 'restorekit/testing';
import { afterAll, describe, it } from 'vitest';
import { counted, expectHelp, type Mistake, SECRET, untyped } from './mistake.ts';

const folder = mkdtempSync(join(tmpdir(), 'restorekit-mistakes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const into = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';

/** A restore that can be started, in a world of its own. */
function world() {
  const clock = virtualClock();
  const counter = counted(cloudFoundryEmulator({ clock, scenario: { durationMs: 3_600_000 } }).fetch);
  const auth = uaaPassword({ username: 'admin', password: 'secret' });
  const client = new CloudFoundryClient({ baseUrl: 'https://api.example.org', auth, fetch: counter.fetch, clock });
  const options = {
    key: 'CHANGE-1',
    store: memoryStore(),
    client,
    target: into,
    clock,
    input: { into, from: 'server-default' as const },
    start: (input: { into: string; from: 'server-default' }) => client.serviceInstances.restore(input),
  };
  return { counter, client, options, start: (more: object) => () => startOnce(untyped({ ...options, ...more })) };
}

type Row = readonly [what: string, options: object, says: RegExp, more?: Partial<Mistake>];
const missing: Partial<Mistake> = { is: 'StoreError' };
const lost: Partial<Mistake> = { is: 'StartOutcomeUnknownError', started: 'unknown', sends: true };

describe('startOnce', () => {
  const rows: readonly Row[] = [
    ['without a key', { key: undefined }, /key: must be a text that is not empty/],
    ['with an empty key', { key: '' }, /key: must be a text that is not empty/],
    ['with a number as key', { key: 4711 }, /key: must be a text that is not empty/],
    ['with the URL of a store', { store: 'file:/var/lib/restores' }, /store: .*It is a text: pass openStore\(url\)/],
    [
      'with a store that is not awaited',
      { store: Promise.resolve(memoryStore()) },
      /store: .*It is a Promise: await it first/,
    ],
    ['with a Map', { store: new Map() }, /store: is no RestoreStore: createIfAbsent, compareAndSet, list is missing/],
    ['without a store', { store: undefined }, /store: .*It is undefined/],
    ['without a client', { client: undefined }, /client: must be a client of restorekit/],
    ['with a number as target', { target: { instance: 7 } }, /target.instance: must be a text/],
    ['without a start', { start: undefined }, /start: must be a function that makes the start call/],
    [
      'with a start that was made already',
      { start: Promise.resolve() },
      /start: must be a function that makes the start call/,
    ],
    [
      'with the controller as signal',
      { signal: new AbortController() },
      /signal: must be an AbortSignal. Pass `controller.signal`/,
    ],
    ['with a Date in its input', { input: { at: new Date(0) } }, /input.at: is a Date. Pass an ISO text/],
    ['with a function in its input', { input: { from() {} } }, /input.from: is not JSON \(a function\)/],
    ['whose input finds nothing', { input: async () => undefined }, /input/],
    [
      'in a store that is not there',
      { store: fileStore(join(folder, 'missing')) },
      /There is no store in .*missing.*volume is mounted.*fileStore.create\(folder\)/,
      missing,
    ],
    [
      'in a folder that is no store',
      { store: fileStore(folder) },
      /There is no store in .*restorekit-store.json is missing/,
      missing,
    ],
    [
      'that returns nothing',
      { start: async () => undefined },
      /`start` did not return the operation.*settleStart\(/,
      lost,
    ],
    ['that returns an id', { start: async () => 'id' }, /`start` did not return the operation.*settleStart\(/, lost],
    [
      'with a bug in its start',
      { start: async () => Promise.reject(new Error('a bug')) },
      /The start call threw Error: a bug.*settleStart\(/,
      lost,
    ],
  ];
  for (const [what, options, says, more] of rows) {
    it(what, () => {
      const { start, counter } = world();
      return expectHelp({ make: start(options), is: 'ConfigurationError', says: [says], ...more }, counter);
    });
  }

  it('with a key that belongs to another input', async () => {
    const { start, counter } = world();
    await start({})();
    const input = { into, from: { backupId: 'another' } };
    const says = [/CHANGE-1/, /new key/];
    await expectHelp({ make: start({ input }), is: 'KeyMismatchError', says }, counter);
  });

  it('with a key that belongs to another target', async () => {
    const { start, counter } = world();
    await start({})();
    await expectHelp(
      { make: start({ target: 'another' }), is: 'KeyMismatchError', says: [/CHANGE-1/, /new key/] },
      counter,
    );
  });

  it('with a target that another key restores', async () => {
    const { start, counter } = world();
    await start({})();
    const says = [/has an unfinished restore, 'CHANGE-1'/, /followStart\(\)/];
    await expectHelp({ make: start({ key: 'CHANGE-2' }), is: 'RestoreInProgressError', says, sends: true }, counter);
  });
});

describe('followStart and settleStart', () => {
  it('with a key that nobody has used', () => {
    const { options, counter } = world();
    return expectHelp(
      {
        make: () => followStart({ ...options, key: 'CHANGE-9' }),
        is: 'ConfigurationError',
        says: [/key: nothing was started under 'CHANGE-9'/],
      },
      counter,
    );
  });

  it('with nothing to settle', async () => {
    const { options, start } = world();
    await start({})();
    const make = () => settleStart({ ...options, as: 'not-started' });
    await expectHelp({
      make,
      is: 'ConfigurationError',
      says: [/'CHANGE-1' already has a handle.*follow that operation/],
    });
  });
});

describe('openStore', () => {
  it.each<[string, unknown, RegExp]>([
    ['with a path', '/var/lib/restores', /url: must be a URL such as file:\/var\/lib\/restores/],
    [
      'with a system that it does not know',
      'redis://localhost',
      /url: must begin with file:, postgres: or s3:, not with redis:/,
    ],
    ['with a bucket that has no name', 's3://', /url: must name a bucket: s3:\/\/bucket\/prefix/],
    ['with a host in a file URL', 'file://server/share', /url: must have no host: write file:\/folder/],
    [
      'with an unset variable',
      process.env.RESTOREKIT_NO_SUCH_VARIABLE,
      /url: must be a string that is not empty. It is undefined/,
    ],
    ['with a password in what is no URL', `postgres//admin:${SECRET}@db`, /url: must be a URL such as/],
  ])('%s', (_, url, says) =>
    expectHelp({ make: () => openStore(untyped(url)), is: 'ConfigurationError', says: [says] }),
  );

  it('of a database that does not answer', () => {
    const { start, counter } = world();
    const store = openStore(`postgres://admin:${SECRET}@127.0.0.1:1/restores`);
    const says = [/The store failed with ECONNREFUSED/, /Nothing was started/];
    return expectHelp({ make: start({ store, clock: undefined }), is: 'StoreError', says }, counter);
  });
});
