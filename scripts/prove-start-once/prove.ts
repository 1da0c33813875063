import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { fileStore } from '../../src/node/file-store.ts';
import { listStarts } from '../../src/start-once/list-starts.ts';
import { entries, entryNames, specifierOf } from '../entries.ts';
import { launchFleet } from './fleet.ts';
import { openHouse, type Start, type Trouble } from './house.ts';
import type { Orders } from './jobs.ts';
import { readReports } from './reports.ts';

export interface ProofOptions {
  readonly restores: number;
  readonly workers: number;
  readonly killEveryMs: number;
  /** How long a worker waits for the answer of a start. */
  readonly startTimeoutMs: number;
  readonly seed: number;
  readonly timeoutMs: number;
  readonly onOutput: (text: string) => void;
}

/** What a run counted. The last four must be empty. */
export interface Proof {
  readonly restores: number;
  readonly workers: number;
  readonly kills: number;
  readonly seconds: number;
  /** Starts that reached a system, by what was done to their answers. */
  readonly starts: Readonly<Record<Trouble, number>>;
  readonly endedKnown: number;
  readonly reportedUnknown: number;
  /** Of the unknown ones, those that had in fact been started. */
  readonly unknownAndStarted: number;
  /** Nothing was sent, because a restore that nobody knows about holds the target. */
  readonly refused: number;
  readonly records: Readonly<Record<string, number>>;
  readonly startedTwice: readonly string[];
  readonly toldWrongly: readonly string[];
  /** Without a word about them. */
  readonly lost: readonly string[];
  /** Starts that met a running restore of their target. */
  readonly overlapping: readonly string[];
}

/** Restores everything once over workers that are killed, and counts what really happened. */
export async function prove(options: ProofOptions): Promise<Proof> {
  const random = seeded(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-proof-'));
  const began = performance.now();
  const house = await openHouse(options.restores, random);
  try {
    const { startTimeoutMs } = options;
    const orders: Orders = {
      jobs: house.jobs,
      store: join(folder, 'store'),
      reports: join(folder, 'reports'),
      startTimeoutMs,
    };
    mkdirSync(orders.reports);
    fileStore.create(orders.store);
    writeFileSync(join(folder, 'orders.json'), JSON.stringify(orders));
    const worker = join(folder, 'worker.mjs');
    await bundleWorker(worker);
    const command = [process.execPath, worker, join(folder, 'orders.json')];
    const fleet = launchFleet({ ...options, command, random });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, options.timeoutMs);
    });
    await Promise.race([fleet.done, late]);
    clearTimeout(timer);
    await fleet.stop();
    // What a server carries out late belongs to the count.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return await count(options, orders, { starts: house.starts, kills: fleet.kills, began });
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function count(
  options: ProofOptions,
  orders: Orders,
  run: { readonly starts: readonly Start[]; readonly kills: number; readonly began: number },
): Promise<Proof> {
  const reports = readReports(orders.reports);
  const records = await listStarts({ store: fileStore(orders.store) }).toArray();
  const carriedOut = run.starts.filter(({ status }) => status < 400);
  const startsOf = (number: number) => carriedOut.filter((start) => start.number === number).length;
  const told = (outcome: string) => orders.jobs.filter(({ number }) => reports.get(number)?.outcome === outcome);
  const keysOf = (jobs: Orders['jobs']) => jobs.map(({ key }) => key);
  const tally = <T extends string>(words: readonly T[]) =>
    Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((each) => each === word).length]));
  const isToldWrongly = ({ number }: { readonly number: number }) => {
    const report = reports.get(number);
    if (report?.outcome === 'ended') return report.state !== 'succeeded' || startsOf(number) !== 1;
    return report?.outcome === 'refused' && startsOf(number) > 0;
  };
  return {
    restores: options.restores,
    workers: options.workers,
    kills: run.kills,
    seconds: Math.round((performance.now() - run.began) / 1_000),
    starts: tally(run.starts.map(({ trouble }) => trouble)) as Record<Trouble, number>,
    endedKnown: told('ended').length,
    reportedUnknown: told('unknown').length,
    unknownAndStarted: told('unknown').filter(({ number }) => startsOf(number) > 0).length,
    refused: told('refused').length,
    records: tally(records.map(({ state }) => state)),
    startedTwice: keysOf(orders.jobs.filter(({ number }) => startsOf(number) > 1)),
    toldWrongly: keysOf(orders.jobs.filter(isToldWrongly)),
    lost: keysOf(orders.jobs.filter(({ number }) => !reports.has(number))),
    overlapping: run.starts
      .filter(({ status }) => status >= 400)
      .map(({ number, status }) => `CHANGE-${number} ${status}`),
  };
}

/** One file out of the sources, so that a worker that was killed is back at once. */
async function bundleWorker(outfile: string): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    alias: Object.fromEntries(
      [...entryNames].reverse().map((entry) => [specifierOf(entry), join(root, entries[entry])]),
    ),
  });
}

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
