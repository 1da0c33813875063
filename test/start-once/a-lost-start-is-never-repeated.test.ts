import { ConnectionError, StartOutcomeUnknownError, UnexpectedResponseError } from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';
import {
  type LostStart,
  listStarts,
  type Reconciliation,
  type RestoreStore,
  type StartOnceClient,
  settleStart,
} from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { type AcmeOperation, acme } from './acme.ts';

type Told = Reconciliation<AcmeOperation>;

const stateOf = async (store: RestoreStore) => (await listStarts({ store }).toArray())[0]?.state;
const nothingFound: Told = { outcome: 'unknown', evidence: ['Nothing can be seen.'], advice: 'Poll yourself.' };

/** A start whose answer is lost; the error can be asked, as those of this package's clients can. */
function losing(house: ReturnType<typeof acme>, told: () => Told) {
  let asked = 0;
  return {
    asked: () => asked,
    start: async (): Promise<AcmeOperation> => {
      await house.post();
      throw new StartOutcomeUnknownError<AcmeOperation>('The answer was lost.', {
        advice: 'Ask.',
        cause: new Error('reset'),
        reconcile: async () => {
          asked += 1;
          return told();
        },
      });
    },
  };
}

/** The same store as another process sees it. */
const elsewhere = (store: RestoreStore): RestoreStore => ({ ...store });

describe('in the process that lost the answer', () => {
  it('the error is passed on, with its reason, and the record says unknown', async () => {
    const house = acme();
    const { start } = losing(house, () => nothingFound);
    const error = await house.restore({ start }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error).toMatchObject({ started: 'unknown', cause: new Error('reset') });
    expect(error.message).toMatch(/^The answer was lost\. /);
    expect(error.advice).toMatch(/^Ask\. /);
    expect(await stateOf(house.store)).toBe('unknown');
  });

  it('a rerun asks the vendor, and answers the restore that was found', async () => {
    const house = acme();
    const { start, asked } = losing(house, () => ({
      outcome: 'started',
      operation: house.operation('job-1', new Date(house.clock.now())),
    }));
    await expect(house.restore({ start })).rejects.toThrow('lost');
    const found = await house.restore();
    expect(found.id).toBe('job-1');
    expect(asked()).toBe(1);
    expect(await stateOf(house.store)).toBe('started');
    house.succeed();
    await waitForCompletion(found);
    expect(await stateOf(house.store)).toBe('ended');
    expect(house.vendor.starts.length).toBe(1);
  });

  it.each<Told>([nothingFound, { outcome: 'not-started' }])(
    'a rerun throws and never starts, however often, when the vendor says $outcome',
    async (told) => {
      const house = acme();
      const { start } = losing(house, () => told);
      await expect(house.restore({ start })).rejects.toThrow('lost');
      for (let again = 0; again < 3; again += 1) {
        await expect(house.restore()).rejects.toBeInstanceOf(StartOutcomeUnknownError);
      }
      expect(house.vendor.starts.length).toBe(1);
      expect(await stateOf(house.store)).toBe('unknown');
    },
  );

  it('reconcile() frees no key, whatever the vendor tells of nothing started', async () => {
    const house = acme();
    const { start } = losing(house, () => ({ outcome: 'not-started' }));
    const error = await house.restore({ start }).catch((thrown) => thrown);
    expect(await error.reconcile()).toMatchObject({
      outcome: 'unknown',
      looksNotStarted: true,
      evidence: [expect.stringContaining('lost'), expect.stringContaining('no proof')],
      advice: expect.stringContaining(`settleStart({ key: "CHANGE-1", store, as: 'not-started' })`),
    });
    expect(await stateOf(house.store)).toBe('unknown');
    await expect(house.restore()).rejects.toBeInstanceOf(StartOutcomeUnknownError);
    expect(house.vendor.starts).toEqual(['job-1']);
  });

  it("the caller's own reconcile() records the restore that it finds", async () => {
    const house = acme();
    const { start } = losing(house, () => ({ outcome: 'started', operation: house.operation('job-1', new Date(0)) }));
    const error = await house.restore({ start }).catch((thrown) => thrown);
    const { operation } = await error.reconcile();
    house.succeed();
    await operation.poll();
    expect(await stateOf(house.store)).toBe('ended');
  });
});

describe('in another process', () => {
  it('without a client to ask, each call reports that the start is unknown', async () => {
    const house = acme();
    const { start } = losing(house, () => nothingFound);
    await expect(house.restore({ start })).rejects.toThrow('lost');
    for (let again = 0; again < 3; again += 1) {
      const error = await house.restore({ store: elsewhere(house.store) }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(StartOutcomeUnknownError);
      expect(error.message).toContain('CHANGE-1');
      expect(error.message).toContain('orders-db');
      expect(await error.reconcile()).toMatchObject({
        outcome: 'unknown',
        evidence: [expect.stringContaining('lost')],
      });
    }
    expect(house.vendor.starts.length).toBe(1);
  });

  it('a client that can ask gets the target, the time, the note and the baseline', async () => {
    const house = acme();
    let given: LostStart | undefined;
    const client: StartOnceClient<AcmeOperation> = {
      ...house.client,
      takeBaseline: async (target) => ({ before: target.instance, lastTask: 't-9' }),
      reconcileStart: async (lost) => {
        given = lost;
        return { outcome: 'started', operation: house.operation('job-1', lost.startedAt) };
      },
    };
    void house.restore({ client, note: 'night shift', start: () => new Promise(() => {}) });
    await house.clock.sleep(20_000);
    house.vendor.starts.push('job-1');
    const found = await house.restore({ client, store: elsewhere(house.store) });
    expect(found.id).toBe('job-1');
    expect(given).toMatchObject({
      key: 'CHANGE-1',
      note: 'night shift',
      baseline: { before: 'orders-db', lastTask: 't-9' },
      target: { system: 'acme', baseUrl: 'https://acme.example.org', instance: 'orders-db' },
    });
    expect(given?.startedAt.getTime()).toBeLessThan(house.clock.now() - 15_000);
    expect(await stateOf(house.store)).toBe('started');
    expect(house.vendor.starts.length).toBe(1);
  });

  it('a baseline that cannot be read does not keep a start back', async () => {
    const house = acme();
    const client = { ...house.client, takeBaseline: () => Promise.reject(new Error('403')) };
    expect((await house.restore({ client })).id).toBe('job-1');
  });

  it.each([60_000, 600_000, 3 * 86_400_000])(
    'silence frees nothing after %i ms: the process that was about to send may only be suspended',
    async (waitMs) => {
      const house = acme();
      const client: StartOnceClient<AcmeOperation> = {
        ...house.client,
        reconcileStart: async () => ({ outcome: 'not-started' }),
      };
      let wake = () => {};
      const suspended = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const sleeping = house.restore({ start: () => suspended.then(house.post) });
      await house.clock.sleep(waitMs);
      const store = elsewhere(house.store);
      const error = await house.restore({ client, store }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(StartOutcomeUnknownError);
      expect(await error.reconcile()).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
      await expect(house.restore({ client, store })).rejects.toBeInstanceOf(StartOutcomeUnknownError);
      await expect(house.restore({ client, store, key: 'CHANGE-2' })).rejects.toMatchObject({ key: 'CHANGE-1' });
      wake();
      expect((await sleeping).id).toBe('job-1');
      expect((await house.restore({ client, store })).id).toBe('job-1');
      expect(house.vendor.starts).toEqual(['job-1']);
    },
  );

  it('what is told names the evidence and the exact way to settle it', async () => {
    const house = acme();
    const { start } = losing(house, () => nothingFound);
    await house.restore({ start, key: `it's "7"` }).catch(() => undefined);
    const error = await house.restore({ key: `it's "7"`, store: elsewhere(house.store) }).catch((thrown) => thrown);
    for (const text of [error.message, error.advice]) {
      expect(text).toContain(`settleStart({ key: "it's \\"7\\"", store, as: 'not-started' })`);
      expect(text).toContain(`as: 'ended'`);
    }
    expect(error.message).toMatch(/The answer to its start at \S+ was lost \(start-outcome-unknown\)/);
  });
});

describe('what a start call throws', () => {
  it.each<[string, unknown]>([
    ['an error of its own', new TypeError('fetch failed')],
    ['a lost connection', new ConnectionError('reset', { sent: 'unknown' })],
    ['an abort', new DOMException('aborted', 'AbortError')],
    ['no error at all', 'oops'],
  ])('%s leaves the start in doubt', async (_, thrown) => {
    const { restore, vendor, store } = acme();
    const start = async () => {
      vendor.starts.push('job-1');
      throw thrown;
    };
    const error = await restore({ start }).catch((caught) => caught);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error.cause).toBe(thrown);
    expect(await stateOf(store)).toBe('unknown');
    await expect(restore()).rejects.toBeInstanceOf(StartOutcomeUnknownError);
    expect(vendor.starts.length).toBe(1);
  });

  it('an answer that is no operation leaves the start unknown', async () => {
    const { restore, vendor } = acme();
    const start = async () => {
      vendor.starts.push('job-1');
      return undefined as unknown as AcmeOperation;
    };
    await expect(restore({ start })).rejects.toBeInstanceOf(StartOutcomeUnknownError);
    await expect(restore()).rejects.toBeInstanceOf(StartOutcomeUnknownError);
    expect(vendor.starts.length).toBe(1);
  });

  it('an accepted start that cannot be followed is passed on as it is, and is not repeated', async () => {
    const { restore, vendor } = acme();
    const accepted = new UnexpectedResponseError('202 without a Location.', { status: 202, started: 'yes' });
    const start = async () => {
      vendor.starts.push('job-1');
      throw accepted;
    };
    await expect(restore({ start })).rejects.toBe(accepted);
    await expect(restore()).rejects.toThrow(/was accepted/);
    expect(vendor.starts.length).toBe(1);
  });

  it('the store keeps no message, which could quote anything', async () => {
    const { restore, store } = acme();
    await restore({ start: () => Promise.reject(new Error('password hunter2')) }).catch(() => undefined);
    expect(JSON.stringify(await listStarts({ store }).toArray())).not.toContain('hunter2');
  });
});

it('an answer that another process has recorded meanwhile is not thrown away by "not started"', async () => {
  const house = acme();
  const { start } = losing(house, () => ({ outcome: 'not-started' }));
  const lost: StartOutcomeUnknownError<AcmeOperation> = await house.restore({ start }).catch((thrown) => thrown);
  const operation = house.operation('job-1', new Date(house.clock.now()));
  await settleStart({ key: 'CHANGE-1', store: elsewhere(house.store), as: operation, clock: house.clock });
  const told = await lost.reconcile();
  expect(told.outcome === 'started' && told.operation.id).toBe('job-1');
  expect(await stateOf(house.store)).toBe('started');
  await expect(house.restore({ key: 'CHANGE-2' })).rejects.toMatchObject({ handle: operation.toJSON() });
});

it('a new attempt under a freed key has nothing of the lost one', async () => {
  const house = acme();
  const baseline = { seen: 'before the lost start' };
  const client = { ...house.client, takeBaseline: async () => baseline };
  const { start } = losing(house, () => nothingFound);
  await house.restore({ start, client }).catch(() => undefined);
  await settleStart({ key: 'CHANGE-1', store: house.store, as: 'not-started', clock: house.clock });
  await house.restore();
  const [record] = await listStarts({ store: house.store }).toArray();
  expect(record).toMatchObject({ state: 'started' });
  expect(record).not.toHaveProperty('baseline');
  expect(record).not.toHaveProperty('reason');
});
