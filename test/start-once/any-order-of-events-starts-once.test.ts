import fc from 'fast-check';
import { apiErrorForStatus, markNotStarted } from 'restorekit/errors';
import { type Clock, defineOperation, type Operation } from 'restorekit/operation';
import { listStarts, memoryStore, type RestoreStore, startOnce } from 'restorekit/start-once';
import { expect, it } from 'vitest';
import { runs } from '../support/effort.ts';

/** One process: which key it starts, with which of its calls of the store it dies, and what its start call meets. */
interface Process {
  readonly key: string;
  readonly diesAt: number | undefined;
  readonly start: 'answered' | 'refused' | 'lost' | 'killed';
}

const aProcess: fc.Arbitrary<Process> = fc.record({
  key: fc.constantFrom('a', 'b'),
  diesAt: fc.option(fc.nat(18), { nil: undefined }),
  start: fc.constantFrom('answered', 'answered', 'refused', 'lost', 'killed'),
});

const someProcesses = fc.array(aProcess, { minLength: 2, maxLength: 5 });
const STORE_TIMEOUT_MS = 10_000_000_000;
const forever = new Promise<never>(() => {});

interface Job {
  readonly key: string;
  hasEnded: boolean;
}

/**
 * Runs the processes on one store and one target, every step of theirs in the order that the scheduler draws. With haste
 * time runs away from those who are slow, until they are taken for dead.
 */
async function live(s: fc.Scheduler, processes: readonly Process[], haste = 1) {
  const sound = memoryStore();
  const jobs: Job[] = [];
  const overlaps: string[] = [];
  let now = Date.UTC(2026, 0, 1);
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      // No store hangs here, so the time limit of its calls never comes.
      if (ms > STORE_TIMEOUT_MS / 2) return forever;
      await s.schedule(Promise.resolve());
      now += ms * haste;
    },
  };
  const operationOf = (id: string): Operation<unknown> =>
    defineOperation({
      kind: 'acme/restore',
      id,
      startedAt: new Date(now),
      clock,
      poll: () => (jobs[Number(id)]?.hasEnded ? { state: 'succeeded', result: 0 } : { state: 'running' }),
    });
  const client = {
    baseUrl: 'https://acme.example.org',
    kinds: ['acme/restore'],
    resume: ({ id }: { readonly id: string }) => operationOf(id),
  };

  const run = async ({ key, diesAt, start }: Process): Promise<string> => {
    let calls = 0;
    let isDead = false;
    const mortal = async <T>(call: () => Promise<T>): Promise<T> => {
      if (isDead) return forever;
      await s.schedule(Promise.resolve());
      const answer = await call();
      isDead ||= calls++ === diesAt;
      return isDead ? forever : s.schedule(Promise.resolve(answer));
    };
    const store: RestoreStore = {
      get: (name) => mortal(() => sound.get(name)),
      createIfAbsent: (name, value) => mortal(() => sound.createIfAbsent(name, value)),
      compareAndSet: (name, value, version) => mortal(() => sound.compareAndSet(name, value, version)),
      list: (prefix) => mortal(() => sound.list(prefix)),
    };
    const post = async () => {
      await s.schedule(Promise.resolve());
      if (isDead) return forever;
      if (start === 'refused') throw markNotStarted(apiErrorForStatus('no', { status: 409 }));
      const running = jobs.find((job) => !job.hasEnded);
      if (running) overlaps.push(`${key} while ${running.key} runs`);
      const id = String(jobs.push({ key, hasEnded: false }) - 1);
      await s.schedule(Promise.resolve());
      if (start === 'killed') {
        isDead = true;
        return forever;
      }
      if (start === 'lost') throw new TypeError('fetch failed');
      return operationOf(id);
    };
    try {
      const storeTimeoutMs = STORE_TIMEOUT_MS;
      const operation = await startOnce({ key, store, client, target: 'db', start: post, clock, storeTimeoutMs });
      await s.schedule(Promise.resolve());
      const job = jobs[Number(operation.id)];
      if (job) job.hasEnded = true;
      await operation.poll();
      return 'ended';
    } catch (error) {
      return (error as { readonly code: string }).code;
    }
  };

  const outcomes = processes.map(() => 'dead');
  const work = processes.map(async (process, index) => {
    outcomes[index] = await run(process);
  });
  await s.waitIdle();
  void work;
  return { jobs, overlaps, outcomes, records: await listStarts({ store: sound }).toArray() };
}

it('any process dies at any time, and any call overtakes any other: one start per key, one running restore per target', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), someProcesses, fc.constantFrom(1, 40), async (s, processes, haste) => {
      const { jobs, overlaps, outcomes, records } = await live(s, processes, haste);
      const told = JSON.stringify({ outcomes, jobs, records });
      for (const key of ['a', 'b']) {
        expect(jobs.filter((job) => job.key === key).length, told).toBeLessThanOrEqual(1);
      }
      expect(overlaps, told).toEqual([]);
      // None is lost: what runs has a record that says so, or says that it may.
      for (const { key, hasEnded } of jobs) {
        const states = hasEnded ? ['started', 'ended'] : ['intended', 'unknown', 'started'];
        expect(states, told).toContain(records.find((record) => record.key === key)?.state);
      }
      const allowed = ['dead', 'ended', 'conflict', 'restore-in-progress', 'start-outcome-unknown'];
      for (const outcome of outcomes) expect(allowed, told).toContain(outcome);
    }),
    { numRuns: runs(200) },
  );
}, 60_000);

it('where no process dies, one of those that want the same restore starts it, and all see its end', async () => {
  const living = fc.record({
    key: fc.constant('a'),
    diesAt: fc.constant(undefined),
    start: fc.constant('answered' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(living, { minLength: 2, maxLength: 5 }), async (s, processes) => {
      const { jobs, outcomes } = await live(s, processes);
      expect(new Set(outcomes)).toEqual(new Set(['ended']));
      expect(jobs.length).toBe(1);
    }),
    { numRuns: runs(30) },
  );
}, 60_000);
