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
function losing(setup: ReturnType<typeof acme>, told: () => Told) {
  let asked = 0;
  return {
    asked: () => asked,
    start: async (): Promise<AcmeOperation> => {
      await setup.post();
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
    const setup = acme();
    const { start } = losing(setup, () => nothingFound);
    const error = await setup.restore({ start }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error).toMatchObject({ started: 'unknown', cause: new Error('reset') });
    expect(error.message).toMatch(/^The answer was lost\. /);
    expect(error.advice).toMatch(/^Ask\. /);
    expect(await stateOf(setup.store)).toBe('unknown');
  });

  it('a rerun asks the vendor, and answers the restore that was found', async () => {
    const setup = acme();
    const { start, asked } = losing(setup, () => ({
      outcome: 'started',
      operation: setup.operation('job-1', new Date(setup.clock.now())),
    }));
    await expect(setup.restore({ start })).rejects.toThrow('lost');
    const found = await setup.restore();
    expect(found.id).toBe('job-1');
    expect(asked()).toBe(1);
    expect(await stateOf(setup.store)).toBe('started');
    setup.succeed();
    await waitForCompletion(found);
    expect(await stateOf(setup.store)).toBe('ended');
    expect(setup.vendor.starts.length).toBe(1);
  });

  it.each<Told>([nothingFound, { outcome: 'not-started' }])(
    'a rerun throws and never starts, however often, when the vendor says $outcome',
    async (told) => {
      const setup = acme();
      const { start } = losing(setup, () => told);
      await expect(setup.restore({ start })).rejects.toThrow('lost');
      for (let again = 0; again < 3; again += 1) {
        await expect(setup.restore()).rejects.toBeInstanceOf(StartOutcomeUnknownError);
      }
      expect(setup.vendor.starts.length).toBe(1);
      expect(await stateOf(setup.store)).toBe('unknown');
    },
  );

  it('reconcile() frees no key, whatever the vendor tells of nothing started', async () => {
    const setup = acme();
    const { start } = losing(setup, () => ({ outcome: 'not-started' }));
    const error = await setup.restore({ start }).catch((thrown) => thrown);
    expect(await error.reconcile()).toMatchObject({
      outcome: 'unknown',
      looksNotStarted: true,
      evidence: [expect.stringContaining('lost'), expect.stringContaining('no proof')],
      advice: expect.stringContaining(`settleStart({ key: "CHANGE-1", store, as: 'not-started' })`),
    });
    expect(await stateOf(setup.store)).toBe('unknown');
    await expect(setup.restore()).rejects.toBeInstanceOf(StartOutcomeUnknownError);
    expect(setup.vendor.starts).toEqual(['job-1']);
  });

  it("the caller's own reconcile() records the restore that it finds", async () => {
    const setup = acme();
    const { start } = losing(setup, () => ({ outcome: 'started', operation: setup.operation('job-1', new Date(0)) }));
    const error = await setup.restore({ start }).catch((thrown) => thrown);
    const { operation } = await error.reconcile();
    setup.succeed();
    await operation.poll();
    expect(await stateOf(setup.store)).toBe('ended');
  });
});

describe('in another process', () => {
  it('without a client to ask, each call reports that the start is unknown', async () => {
    const setup = acme();
    const { start } = losing(setup, () => nothingFound);
    await expect(setup.restore({ start })).rejects.toThrow('lost');
    for (let again = 0; again < 3; again += 1) {
      const error = await setup.restore({ store: elsewhere(setup.store) }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(StartOutcomeUnknownError);
      expect(error.message).toContain('CHANGE-1');
      expect(error.message).toContain('orders-db');
      expect(await error.reconcile()).toMatchObject({
        outcome: 'unknown',
        evidence: [expect.stringContaining('lost')],
      });
    }
    expect(setup.vendor.starts.length).toBe(1);
  });

  it('a client that can ask gets the target, the time, the note and the baseline', async () => {
    const setup = acme();
    let told: LostStart | undefined;
    const client: StartOnceClient<AcmeOperation> = {
      ...setup.client,
      takeBaseline: async (target) => ({ before: target.instance, lastTask: 't-9' }),
      reconcileStart: async (lost) => {
        told = lost;
        return { outcome: 'started', operation: setup.operation('job-1', lost.startedAt) };
      },
    };
    void setup.restore({ client, note: 'night shift', start: () => new Promise(() => {}) });
    await setup.clock.sleep(20_000);
    setup.vendor.starts.push('job-1');
    const found = await setup.restore({ client, store: elsewhere(setup.store) });
    expect(found.id).toBe('job-1');
    expect(told).toMatchObject({
      key: 'CHANGE-1',
      note: 'night shift',
      baseline: { before: 'orders-db', lastTask: 't-9' },
      target: { system: 'acme', baseUrl: 'https://acme.example.org', instance: 'orders-db' },
    });
    expect(told?.startedAt.getTime()).toBeLessThan(setup.clock.now() - 15_000);
    expect(await stateOf(setup.store)).toBe('started');
    expect(setup.vendor.starts.length).toBe(1);
  });

  it('a baseline that cannot be read does not keep a start back', async () => {
    const setup = acme();
    const client = { ...setup.client, takeBaseline: () => Promise.reject(new Error('403')) };
    expect((await setup.restore({ client })).id).toBe('job-1');
  });

  it.each([60_000, 600_000, 3 * 86_400_000])(
    'silence frees nothing after %i ms: the process that was about to send may only be suspended',
    async (waitMs) => {
      const setup = acme();
      const client: StartOnceClient<AcmeOperation> = {
        ...setup.client,
        reconcileStart: async () => ({ outcome: 'not-started' }),
      };
      let wake = () => {};
      const suspended = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const sleeping = setup.restore({ start: () => suspended.then(setup.post) });
      await setup.clock.sleep(waitMs);
      const store = elsewhere(setup.store);
      const error = await setup.restore({ client, store }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(StartOutcomeUnknownError);
      expect(await error.reconcile()).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
      await expect(setup.restore({ client, store })).rejects.toBeInstanceOf(StartOutcomeUnknownError);
      await expect(setup.restore({ client, store, key: 'CHANGE-2' })).rejects.toMatchObject({ key: 'CHANGE-1' });
      wake();
      expect((await sleeping).id).toBe('job-1');
      expect((await setup.restore({ client, store })).id).toBe('job-1');
      expect(setup.vendor.starts).toEqual(['job-1']);
    },
  );

  it('what is told names the evidence and the exact way to settle it', async () => {
    const setup = acme();
    const { start } = losing(setup, () => nothingFound);
    await setup.restore({ start, key: `it's "7"` }).catch(() => undefined);
    const error = await setup.restore({ key: `it's "7"`, store: elsewhere(setup.store) }).catch((thrown) => thrown);
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
  const setup = acme();
  const { start } = losing(setup, () => ({ outcome: 'not-started' }));
  const lost: StartOutcomeUnknownError<AcmeOperation> = await setup.restore({ start }).catch((thrown) => thrown);
  const operation = setup.operation('job-1', new Date(setup.clock.now()));
  await settleStart({ key: 'CHANGE-1', store: elsewhere(setup.store), as: operation, clock: setup.clock });
  const told = await lost.reconcile();
  expect(told.outcome === 'started' && told.operation.id).toBe('job-1');
  expect(await stateOf(setup.store)).toBe('started');
  await expect(setup.restore({ key: 'CHANGE-2' })).rejects.toMatchObject({ handle: operation.toJSON() });
});

it('a new attempt under a freed key has nothing of the lost one', async () => {
  const setup = acme();
  const baseline = { seen: 'before the lost start' };
  const client = { ...setup.client, takeBaseline: async () => baseline };
  const { start } = losing(setup, () => nothingFound);
  await setup.restore({ start, client }).catch(() => undefined);
  await settleStart({ key: 'CHANGE-1', store: setup.store, as: 'not-started', clock: setup.clock });
  await setup.restore();
  const [record] = await listStarts({ store: setup.store }).toArray();
  expect(record).toMatchObject({ state: 'started' });
  expect(record).not.toHaveProperty('baseline');
  expect(record).not.toHaveProperty('reason');
});
