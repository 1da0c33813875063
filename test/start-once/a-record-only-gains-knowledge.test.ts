import { OutcomeUnknownError, StartOutcomeUnknownError } from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';
import { listStarts, memoryStore, type RestoreStore, type StartOnceClient, settleStart } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { type AcmeOperation, acme } from './acme.ts';

const other = { key: 'CHANGE-2' };
const lost = { start: () => Promise.reject(new Error('reset')) };
const recordOf = async (store: RestoreStore, key = 'CHANGE-1') =>
  (await listStarts({ store }).toArray()).find((record) => record.key === key);

/** A client whose reconciliation finds whatever runs by now, however late it answers. */
function finding(setup: ReturnType<typeof acme>) {
  let answer = (_id: string) => {};
  const found = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const client: StartOnceClient<AcmeOperation> = {
    ...setup.client,
    reconcileStart: async (start) => {
      const id = await found;
      return { outcome: 'started', operation: setup.operation(id, start.startedAt) };
    },
  };
  return { client, answer };
}

describe('a late reconciliation', () => {
  it('never overwrites a record that has ended, and never adopts the restore of another key', async () => {
    const setup = acme();
    const { client, answer } = finding(setup);
    await setup.restore(lost).catch(() => undefined);
    const late = setup.restore({ client, store: { ...setup.store } }).catch((error) => error);
    await setup.clock.sleep(1_000);
    // A person tells that CHANGE-1 is over; CHANGE-2 then runs on the same target.
    await settleStart({ key: 'CHANGE-1', store: setup.store, as: 'ended', clock: setup.clock });
    const running = await setup.restore(other);
    const before = await recordOf(setup.store);
    answer(running.id);
    expect(await late).toBeInstanceOf(StartOutcomeUnknownError);
    expect(await recordOf(setup.store)).toEqual(before);
  });

  it('never adopts the restore of another key, although its own record is open still', async () => {
    const setup = acme();
    const { client, answer } = finding(setup);
    await setup.restore(lost).catch(() => undefined);
    const running = await setup.restore({ ...other, allowConcurrent: true });
    answer(running.id);
    const error = await setup.restore({ client, store: { ...setup.store } }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error.message).toContain(`acme/restore ${running.id}, which belongs to 'CHANGE-2'`);
    expect(await recordOf(setup.store)).toMatchObject({ state: 'unknown' });
    expect(await recordOf(setup.store)).not.toHaveProperty('handle');
  });

  it('never replaces the handle that was written meanwhile, and answers that one', async () => {
    const setup = acme();
    const { client, answer } = finding(setup);
    let wake = () => {};
    const slow = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const first = setup.restore({ start: () => slow.then(setup.post) });
    await setup.clock.sleep(30_000);
    const late = setup.restore({ client, store: { ...setup.store } });
    await setup.clock.sleep(1_000);
    wake();
    expect((await first).id).toBe('job-1');
    answer('job-of-somebody-else');
    expect((await late).id).toBe('job-1');
    expect(await recordOf(setup.store)).toMatchObject({ handle: { id: 'job-1' } });
  });

  it('never writes into a newer attempt', async () => {
    const setup = acme();
    const { client, answer } = finding(setup);
    await setup.restore(lost).catch(() => undefined);
    const late = setup.restore({ client, store: { ...setup.store } }).catch((error) => error);
    await setup.clock.sleep(1_000);
    await settleStart({ key: 'CHANGE-1', store: setup.store, as: 'not-started', clock: setup.clock });
    expect((await setup.restore()).id).toBe('job-1');
    answer('job-of-the-first-attempt');
    expect(await late).toBeInstanceOf(StartOutcomeUnknownError);
    expect(await recordOf(setup.store)).toMatchObject({ handle: { id: 'job-1' } });
  });

  it('answers "not started" where the sender itself has been refused meanwhile', async () => {
    const setup = acme();
    const { client, answer } = finding(setup);
    let refuse = (_error: unknown) => {};
    const slow = new Promise<never>((_, reject) => {
      refuse = reject;
    });
    const sending = setup.restore({ start: () => slow }).catch((error) => error);
    await setup.clock.sleep(30_000);
    const asking = setup.restore({ client, store: { ...setup.store } }).catch((error) => error);
    await setup.clock.sleep(1_000);
    const { apiErrorForStatus, markNotStarted } = await import('restorekit/errors');
    refuse(markNotStarted(apiErrorForStatus('no', { status: 409 })));
    expect((await sending).code).toBe('conflict');
    answer('job-of-somebody-else');
    expect(await (await asking).reconcile()).toEqual({ outcome: 'not-started' });
    expect(await recordOf(setup.store)).toMatchObject({ state: 'released' });
  });
});

describe('an operation belongs to one key', () => {
  it('the answer to a start that names the running restore of another key is no restore of ours', async () => {
    const setup = acme();
    const first = await setup.restore();
    // As a server does that answers a second start with the restore that runs already.
    const start = async () => setup.operation(first.id, new Date(setup.clock.now()));
    const error = await setup.restore({ ...other, allowConcurrent: true, start }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error.message).toContain(`which belongs to 'CHANGE-1'`);
    expect(await recordOf(setup.store, 'CHANGE-2')).toMatchObject({ state: 'unknown' });
    setup.succeed();
    await first.poll();
    expect(await recordOf(setup.store, 'CHANGE-2')).toMatchObject({ state: 'unknown' });
  });

  it('an id that a vendor gives again after the first one has ended is taken', async () => {
    const setup = acme();
    const first = await setup.restore();
    setup.succeed();
    await first.poll();
    const start = async () => setup.operation(first.id, new Date(setup.clock.now()));
    expect((await setup.restore({ ...other, start })).id).toBe(first.id);
  });

  it('a person cannot give it to two keys either', async () => {
    const setup = acme();
    const first = await setup.restore();
    await setup.restore({ ...other, ...lost, allowConcurrent: true }).catch(() => undefined);
    const settling = settleStart({ key: 'CHANGE-2', store: setup.store, as: first });
    await expect(settling).rejects.toMatchObject({ field: 'as', message: expect.stringContaining('CHANGE-1') });
  });

  it('its GUID in other letters is the same operation', async () => {
    const id = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
    const setup = acme();
    await setup.restore({ start: async () => setup.operation(id, new Date(0)) });
    const start = async () => setup.operation(id.toUpperCase(), new Date(0));
    await expect(setup.restore({ ...other, allowConcurrent: true, start })).rejects.toThrow(`belongs to 'CHANGE-1'`);
  });
});

describe('an end', () => {
  it('of a restore that is not the one of the record closes nothing', async () => {
    const setup = acme();
    const store = memoryStore();
    const stray = await setup.restore({ store });
    // The record is given to another restore, as by a person who knows better.
    const [name = ''] = await store.list('starts/');
    const stored = await store.get(name);
    await store.compareAndSet(name, (stored?.value ?? '').replaceAll('job-1', 'job-7'), stored?.version ?? '');
    setup.succeed();
    await stray.poll();
    expect(await recordOf(store)).toMatchObject({ state: 'started', handle: { id: 'job-7' } });
  });

  it('without a verdict closes the record and frees the target, and the error is told as it is', async () => {
    const setup = acme();
    const operation = await setup.restore();
    const over = new OutcomeUnknownError('It has stopped, and does not tell how.', { reason: 'ended-without-verdict' });
    setup.vendor.error = over;
    await expect(operation.poll()).rejects.toMatchObject({ message: over.message, reason: 'ended-without-verdict' });
    expect(await recordOf(setup.store)).toMatchObject({ state: 'ended', endedAs: 'without-verdict' });
    setup.vendor.error = undefined;
    expect((await setup.restore(other)).id).toBe('job-2');
    expect((await setup.restore()).id).toBe('job-1');
  });
});

describe('the restore that holds a target', () => {
  it('is polled once before a second one is refused', async () => {
    const setup = acme();
    await setup.restore();
    await expect(setup.restore(other)).rejects.toMatchObject({ code: 'restore-in-progress', key: 'CHANGE-1' });
    expect(setup.vendor.polls).toBe(1);
  });

  it.each([
    ['has ended', { state: 'failed', failure: { message: 'no', details: 0 } } as const, undefined, 'failed'],
    [
      'has ended without a verdict',
      { state: 'running' } as const,
      new OutcomeUnknownError('over', { reason: 'ended-without-verdict' }),
      'without-verdict',
    ],
  ])('%s, and its waiter was killed: it is closed, and the second one starts', async (_, status, error, endedAs) => {
    const setup = acme();
    await setup.restore();
    setup.vendor.statuses.set('job-1', status);
    setup.vendor.error = error;
    expect((await setup.restore({ ...other, store: { ...setup.store } })).id).toBe('job-2');
    expect(await recordOf(setup.store)).toMatchObject({ state: 'ended', endedAs });
  });

  it('cannot be polled: the second one is refused', async () => {
    const setup = acme();
    await setup.restore();
    setup.vendor.error = new Error('reset');
    await expect(setup.restore(other)).rejects.toMatchObject({ code: 'restore-in-progress', key: 'CHANGE-1' });
  });

  it('is the same whatever the case of its GUID', async () => {
    const setup = acme();
    const guid = 'C89B3280-FE8D-4AA0-A42E-44465BB1C61C';
    await setup.restore({ target: guid });
    await expect(setup.restore({ ...other, target: guid.toLowerCase() })).rejects.toMatchObject({ key: 'CHANGE-1' });
    expect((await setup.restore({ target: guid.toLowerCase() })).id).toBe('job-1');
    setup.succeed();
    await waitForCompletion(await setup.restore({ target: guid }));
    expect((await setup.restore({ ...other, target: 'Another-Name' })).id).toBe('job-2');
  });
});

it('a restore that may be that of two unknown starts is given to neither', async () => {
  const setup = acme({ overwritesNothing: true });
  const { client, answer } = finding(setup);
  await setup.restore(lost).catch(() => undefined);
  await setup.restore({ ...other, ...lost }).catch(() => undefined);
  answer('job-of-one-of-them');
  const error = await setup.restore({ client, store: { ...setup.store } }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(StartOutcomeUnknownError);
  expect(error.message).toContain(`may also be the restore of 'CHANGE-2'`);
  // A person may tell whose it is.
  const operation = setup.operation('job-of-one-of-them', new Date(0));
  await settleStart({ key: 'CHANGE-2', store: setup.store, as: operation });
  expect((await setup.restore({ ...other })).id).toBe('job-of-one-of-them');
  await expect(setup.restore({ client, store: { ...setup.store } })).rejects.toThrow(`belongs to 'CHANGE-2'`);
});
