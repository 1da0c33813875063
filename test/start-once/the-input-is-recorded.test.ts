import { apiErrorForStatus, KeyMismatchError, markNotStarted } from 'restorekit/errors';
import { listStarts, type RestoreStore, startOnce } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { type AcmeOperation, acme } from './acme.ts';

const refused = () => markNotStarted(apiErrorForStatus('no', { status: 403 }));
const recordIn = async (store: RestoreStore) => (await listStarts({ store }).toArray())[0];

/** A vendor whose start call tells what it was given. */
function setup() {
  const there = acme();
  const received: unknown[] = [];
  const run = <Input>(
    input: Input | (() => Input | Promise<Input>),
    more: { readonly fail?: unknown; readonly key?: string } = {},
  ): Promise<AcmeOperation> =>
    startOnce<AcmeOperation, Input>({
      key: more.key ?? 'CHANGE-1',
      store: { ...there.store },
      client: there.client,
      target: 'orders-db',
      clock: there.clock,
      input,
      start: async (found) => {
        received.push(found);
        if (more.fail !== undefined) throw more.fail;
        return there.post();
      },
    });
  return { ...there, received, run };
}

describe('an input function', () => {
  it('runs once, after the claim and before the intent; its answer is recorded and received to start', async () => {
    const { run, received, store } = setup();
    let seen: unknown;
    await run(async () => {
      seen = await recordIn(store);
      return { backupId: 'b-1', at: undefined };
    });
    expect(seen).toMatchObject({ state: 'preparing' });
    expect(received).toEqual([{ backupId: 'b-1' }]);
    expect(await recordIn(store)).toMatchObject({ state: 'started', input: { value: { backupId: 'b-1' } } });
  });

  it('does not run again where the restore was started', async () => {
    const { run, received, vendor } = setup();
    await run(() => 'b-1');
    const again = await run(() => {
      throw new Error('asked again');
    });
    expect(again.id).toBe('job-1');
    expect(received).toEqual(['b-1']);
    expect(vendor.starts.length).toBe(1);
  });

  it('does not run again after a start that was refused: the rerun takes the recorded value', async () => {
    const { run, received } = setup();
    let latest = 'b-1';
    await expect(run(() => latest, { fail: refused() })).rejects.toMatchObject({ status: 403 });
    latest = 'b-2';
    await run(() => latest);
    expect(received).toEqual(['b-1', 'b-1']);
  });

  it('that fails has sent nothing, and frees key and target', async () => {
    const { run, store, vendor } = setup();
    const none = new Error('no backup');
    await expect(run(() => Promise.reject(none))).rejects.toBe(none);
    expect(await recordIn(store)).toMatchObject({ state: 'released' });
    expect(vendor.starts).toEqual([]);
    expect((await run('b-1', { key: 'CHANGE-2' })).id).toBe('job-1');
  });

  it('may be slow: a process that prepares a start is not taken for dead', async () => {
    const { run, clock, vendor } = setup();
    const slow = run(async () => {
      await clock.sleep(60_000);
      return 'b-1';
    });
    await clock.sleep(3_000);
    await expect(run('b-2', { key: 'CHANGE-2' })).rejects.toMatchObject({ code: 'restore-in-progress' });
    const same = run(() => 'b-9');
    expect((await slow).id).toBe('job-1');
    expect((await same).id).toBe('job-1');
    expect(vendor.starts.length).toBe(1);
  });
});

describe('an input value', () => {
  it('is recorded by its fingerprint alone', async () => {
    const { run, store, received } = setup();
    await run({ into: 'orders-db', from: { backupId: 'b-1' } });
    expect(received).toEqual([{ into: 'orders-db', from: { backupId: 'b-1' } }]);
    const record = await recordIn(store);
    expect(record?.input).toEqual({ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('is the same in another order of its fields, with or without undefined ones', async () => {
    const { run } = setup();
    await run({ a: 1, b: { c: [true, null], d: 'x' } });
    expect((await run({ b: { d: 'x', c: [true, null], e: undefined }, a: 1 })).id).toBe('job-1');
  });

  it.each<[string, unknown]>([
    ['another field', { backupId: 'b-2' }],
    ['one field more', { backupId: 'b-1', note: '' }],
    ['a text in its place', '{"backupId":"b-1"}'],
    ['a list in its place', ['b-1']],
  ])('another one under the same key is refused: %s', async (_, input) => {
    const { run, vendor } = setup();
    await run<unknown>({ backupId: 'b-1' });
    const error = await run(input).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(KeyMismatchError);
    expect(error).toMatchObject({ code: 'key-mismatch', key: 'CHANGE-1', differs: 'input', started: 'no' });
    expect(vendor.starts.length).toBe(1);
  });

  it('another one is refused while the first start is unknown too, and where a function had found it', async () => {
    const { run } = setup();
    await run(() => ({ backupId: 'b-1' }), { fail: new Error('reset') }).catch(() => undefined);
    await expect(run({ backupId: 'b-2' })).rejects.toBeInstanceOf(KeyMismatchError);
    await expect(run({ backupId: 'b-1' })).rejects.toMatchObject({ code: 'start-outcome-unknown' });
  });

  const loop: Record<string, unknown> = {};
  loop.self = loop;
  it.each<[string, unknown]>([
    ['input.at', { at: new Date(0) }],
    ['input', new Map()],
    ['input.list[1]', { list: [1, undefined] }],
    ['input.size', { size: 1n }],
    ['input.size', { size: Number.NaN }],
    ['input.run', { run: () => 0 }],
    ['input.self', loop],
    ['input', { text: 'x'.repeat(20_000) }],
  ])('that is no JSON is refused before anything is written: %s', async (field, input) => {
    const { run, store, vendor } = setup();
    const error = await run(input).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'configuration', field: expect.stringContaining(field) });
    expect(await store.list('')).toEqual([]);
    await expect(run(() => input)).rejects.toMatchObject({ code: 'configuration' });
    expect(vendor.starts).toEqual([]);
    expect(await recordIn(store)).toMatchObject({ state: 'released' });
  });
});
