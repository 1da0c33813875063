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
function finding(house: ReturnType<typeof acme>) {
  let answer = (_id: string) => {};
  const found = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const client: StartOnceClient<AcmeOperation> = {
    ...house.client,
    reconcileStart: async (start) => {
      const id = await found;
      return { outcome: 'started', operation: house.operation(id, start.startedAt) };
    },
  };
  return { client, answer };
}

describe('a late reconciliation', () => {
  it('never overwrites a record that has ended, and never adopts the restore of another key', async () => {
    const house = acme();
    const { client, answer } = finding(house);
    await house.restore(lost).catch(() => undefined);
    const late = house.restore({ client, store: { ...house.store } }).catch((error) => error);
    await house.clock.sleep(1_000);
    // A person tells that CHANGE-1 is over; CHANGE-2 then runs on the same target.
    await settleStart({ key: 'CHANGE-1', store: house.store, as: 'ended', clock: house.clock });
    const running = await house.restore(other);
    const before = await recordOf(house.store);
    answer(running.id);
    expect(await late).toBeInstanceOf(StartOutcomeUnknownError);
    expect(await recordOf(house.store)).toEqual(before);
  });

  it('never adopts the restore of another key, although its own record is open still', async () => {
    const house = acme();
    const { client, answer } = finding(house);
    await house.restore(lost).catch(() => undefined);
    const running = await house.restore({ ...other, allowConcurrent: true });
    answer(running.id);
    const error = await house.restore({ client, store: { ...house.store } }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error.message).toContain(`acme/restore ${running.id}, which belongs to 'CHANGE-2'`);
    expect(await recordOf(house.store)).toMatchObject({ state: 'unknown' });
    expect(await recordOf(house.store)).not.toHaveProperty('handle');
  });

  it('never replaces the handle that was written meanwhile, and answers that one', async () => {
    const house = acme();
    const { client, answer } = finding(house);
    let wake = () => {};
    const slow = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const first = house.restore({ start: () => slow.then(house.post) });
    await house.clock.sleep(30_000);
    const late = house.restore({ client, store: { ...house.store } });
    await house.clock.sleep(1_000);
    wake();
    expect((await first).id).toBe('job-1');
    answer('job-of-somebody-else');
    expect((await late).id).toBe('job-1');
    expect(await recordOf(house.store)).toMatchObject({ handle: { id: 'job-1' } });
  });

  it('never writes into a newer attempt', async () => {
    const house = acme();
    const { client, answer } = finding(house);
    await house.restore(lost).catch(() => undefined);
    const late = house.restore({ client, store: { ...house.store } }).catch((error) => error);
    await house.clock.sleep(1_000);
    await settleStart({ key: 'CHANGE-1', store: house.store, as: 'not-started', clock: house.clock });
    expect((await house.restore()).id).toBe('job-1');
    answer('job-of-the-first-attempt');
    expect(await late).toBeInstanceOf(StartOutcomeUnknownError);
    expect(await recordOf(house.store)).toMatchObject({ handle: { id: 'job-1' } });
  });

  it('answers "not started" where the sender itself has been refused meanwhile', async () => {
    const house = acme();
    const { client, answer } = finding(house);
    let refuse = (_error: unknown) => {};
    const slow = new Promise<never>((_, reject) => {
      refuse = reject;
    });
    const sending = house.restore({ start: () => slow }).catch((error) => error);
    await house.clock.sleep(30_000);
    const asking = house.restore({ client, store: { ...house.store } }).catch((error) => error);
    await house.clock.sleep(1_000);
    const { apiErrorForStatus, markNotStarted } = await import('restorekit/errors');
    refuse(markNotStarted(apiErrorForStatus('no', { status: 409 })));
    expect((await sending).code).toBe('conflict');
    answer('job-of-somebody-else');
    expect(await (await asking).reconcile()).toEqual({ outcome: 'not-started' });
    expect(await recordOf(house.store)).toMatchObject({ state: 'released' });
  });
});

describe('an operation belongs to one key', () => {
  it('the answer to a start that names the running restore of another key is no restore of ours', async () => {
    const house = acme();
    const first = await house.restore();
    // As a server does that answers a second start with the restore that runs already.
    const start = async () => house.operation(first.id, new Date(house.clock.now()));
    const error = await house.restore({ ...other, allowConcurrent: true, start }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error.message).toContain(`which belongs to 'CHANGE-1'`);
    expect(await recordOf(house.store, 'CHANGE-2')).toMatchObject({ state: 'unknown' });
    house.succeed();
    await first.poll();
    expect(await recordOf(house.store, 'CHANGE-2')).toMatchObject({ state: 'unknown' });
  });

  it('an id that a vendor gives again after the first one has ended is taken', async () => {
    const house = acme();
    const first = await house.restore();
    house.succeed();
    await first.poll();
    const start = async () => house.operation(first.id, new Date(house.clock.now()));
    expect((await house.restore({ ...other, start })).id).toBe(first.id);
  });

  it('a person cannot give it to two keys either', async () => {
    const house = acme();
    const first = await house.restore();
    await house.restore({ ...other, ...lost, allowConcurrent: true }).catch(() => undefined);
    const settling = settleStart({ key: 'CHANGE-2', store: house.store, as: first });
    await expect(settling).rejects.toMatchObject({ field: 'as', message: expect.stringContaining('CHANGE-1') });
  });

  it('its GUID in other letters is the same operation', async () => {
    const id = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
    const house = acme();
    await house.restore({ start: async () => house.operation(id, new Date(0)) });
    const start = async () => house.operation(id.toUpperCase(), new Date(0));
    await expect(house.restore({ ...other, allowConcurrent: true, start })).rejects.toThrow(`belongs to 'CHANGE-1'`);
  });
});

describe('an end', () => {
  it('of a restore that is not the one of the record closes nothing', async () => {
    const house = acme();
    const store = memoryStore();
    const stray = await house.restore({ store });
    // The record is given to another restore, as by a person who knows better.
    const [name = ''] = await store.list('starts/');
    const stored = await store.get(name);
    await store.compareAndSet(name, (stored?.value ?? '').replaceAll('job-1', 'job-7'), stored?.version ?? '');
    house.succeed();
    await stray.poll();
    expect(await recordOf(store)).toMatchObject({ state: 'started', handle: { id: 'job-7' } });
  });

  it('without a verdict closes the record and frees the target, and the error is told as it is', async () => {
    const house = acme();
    const operation = await house.restore();
    const over = new OutcomeUnknownError('It has stopped, and does not tell how.', { reason: 'ended-without-verdict' });
    house.vendor.error = over;
    await expect(operation.poll()).rejects.toMatchObject({ message: over.message, reason: 'ended-without-verdict' });
    expect(await recordOf(house.store)).toMatchObject({ state: 'ended', endedAs: 'without-verdict' });
    house.vendor.error = undefined;
    expect((await house.restore(other)).id).toBe('job-2');
    expect((await house.restore()).id).toBe('job-1');
  });
});

describe('the restore that holds a target', () => {
  it('is polled once before a second one is refused', async () => {
    const house = acme();
    await house.restore();
    await expect(house.restore(other)).rejects.toMatchObject({ code: 'restore-in-progress', key: 'CHANGE-1' });
    expect(house.vendor.polls).toBe(1);
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
    const house = acme();
    await house.restore();
    house.vendor.statuses.set('job-1', status);
    house.vendor.error = error;
    expect((await house.restore({ ...other, store: { ...house.store } })).id).toBe('job-2');
    expect(await recordOf(house.store)).toMatchObject({ state: 'ended', endedAs });
  });

  it('cannot be polled: the second one is refused', async () => {
    const house = acme();
    await house.restore();
    house.vendor.error = new Error('reset');
    await expect(house.restore(other)).rejects.toMatchObject({ code: 'restore-in-progress', key: 'CHANGE-1' });
  });

  it('is the same whatever the case of its GUID', async () => {
    const house = acme();
    const guid = 'C89B3280-FE8D-4AA0-A42E-44465BB1C61C';
    await house.restore({ target: guid });
    await expect(house.restore({ ...other, target: guid.toLowerCase() })).rejects.toMatchObject({ key: 'CHANGE-1' });
    expect((await house.restore({ target: guid.toLowerCase() })).id).toBe('job-1');
    house.succeed();
    await waitForCompletion(await house.restore({ target: guid }));
    expect((await house.restore({ ...other, target: 'Another-Name' })).id).toBe('job-2');
  });
});

it('a restore that may be that of two unknown starts is given to neither', async () => {
  const house = acme({ overwritesNothing: true });
  const { client, answer } = finding(house);
  await house.restore(lost).catch(() => undefined);
  await house.restore({ ...other, ...lost }).catch(() => undefined);
  answer('job-of-one-of-them');
  const error = await house.restore({ client, store: { ...house.store } }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(StartOutcomeUnknownError);
  expect(error.message).toContain(`may also be the restore of 'CHANGE-2'`);
  // A person may tell whose it is.
  const operation = house.operation('job-of-one-of-them', new Date(0));
  await settleStart({ key: 'CHANGE-2', store: house.store, as: operation });
  expect((await house.restore({ ...other })).id).toBe('job-of-one-of-them');
  await expect(house.restore({ client, store: { ...house.store } })).rejects.toThrow(`belongs to 'CHANGE-2'`);
});
