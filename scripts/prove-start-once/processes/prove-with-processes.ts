import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { listStarts } from '../../../src/start-once/list-starts.ts';
import type { RestoreStore } from '../../../src/start-once/restore-store.ts';
import { entries, entryNames, specifierOf } from '../../entries.ts';
import { seeded } from '../simulation/random.ts';
import type { Orders } from './planned-restore.ts';
import { readReports } from './reports.ts';
import { openSystems, type Start, type Trouble } from './served-systems.ts';
import { openSharedStore, type SharedStoreName } from './shared-store.ts';
import { launchWorkers } from './worker-processes.ts';

export interface ProofOptions {
  readonly store: SharedStoreName;
  readonly restores: number;
  readonly workers: number;
  readonly killEveryMs: number;
  /** The most kills. @default Infinity */
  readonly mostKills?: number;
  /** How long a worker waits for the answer of a start. */
  readonly startTimeoutMs: number;
  readonly seed: number;
  readonly timeoutMs: number;
  readonly onOutput: (text: string) => void;
}

/** The counts of a run. The last five must be empty. */
export interface Proof {
  readonly restores: number;
  readonly workers: number;
  readonly kills: number;
  /** Workers that were stopped for a while. */
  readonly pauses: number;
  readonly seconds: number;
  /** Starts that reached a system, by what happened to their answers. */
  readonly starts: Readonly<Record<Trouble, number>>;
  readonly endedKnown: number;
  readonly reportedUnknown: number;
  /** Unknown restores that were in fact started. */
  readonly unknownAndStarted: number;
  /** Unknown restores of which no start ever reached a system. */
  readonly unknownWithoutStart: number;
  /** Nothing was sent, because a restore with an unknown outcome holds the target. */
  readonly refused: number;
  readonly records: Readonly<Record<string, number>>;
  readonly startedTwice: readonly string[];
  readonly toldWrongly: readonly string[];
  /** Restores without a report. */
  readonly lost: readonly string[];
  /** Starts that met a running restore of their target. */
  readonly overlapping: readonly string[];
}

const root = join(import.meta.dirname, '../../..');

/** Restores everything once with workers that are killed, and counts what really happened. */
export async function proveWithProcesses(options: ProofOptions): Promise<Proof | undefined> {
  const random = seeded(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-proof-'));
  const began = performance.now();
  // In node_modules, so that the worker finds its packages.
  const worker = join(root, 'node_modules', '.cache', 'restorekit', `worker-${process.pid}-${options.store}.mjs`);
  const shared = await openSharedStore(options.store, folder, random);
  if (!shared) return undefined;
  const systems = await openSystems(options.restores, random);
  try {
    const { startTimeoutMs } = options;
    const orders: Orders = {
      restores: systems.restores,
      store: shared.address,
      reports: join(folder, 'reports'),
      startTimeoutMs,
    };
    mkdirSync(orders.reports);
    writeFileSync(join(folder, 'orders.json'), JSON.stringify(orders));
    await bundleWorker(worker);
    const command = [process.execPath, worker, join(folder, 'orders.json')];
    const workers = launchWorkers({ ...options, command, random });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, options.timeoutMs);
    });
    await Promise.race([workers.done, late]);
    clearTimeout(timer);
    await workers.stop();
    // Starts that a server processes late are counted too.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return await count(options, orders, {
      starts: systems.starts,
      store: shared.store,
      kills: workers.kills,
      pauses: workers.pauses,
      began,
    });
  } finally {
    await systems.close();
    await shared.close();
    rmSync(worker, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

async function count(
  options: ProofOptions,
  orders: Orders,
  run: {
    readonly starts: readonly Start[];
    readonly store: RestoreStore;
    readonly kills: number;
    readonly pauses: number;
    readonly began: number;
  },
): Promise<Proof> {
  const reports = readReports(orders.reports);
  const records = await listStarts({ store: run.store }).toArray();
  const carriedOut = run.starts.filter(({ status }) => status < 400);
  const startsOf = (number: number) => carriedOut.filter((start) => start.number === number).length;
  const told = (outcome: string) => orders.restores.filter(({ number }) => reports.get(number)?.outcome === outcome);
  const keysOf = (restores: Orders['restores']) => restores.map(({ key }) => key);
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
    pauses: run.pauses,
    seconds: Math.round((performance.now() - run.began) / 1_000),
    starts: tally(run.starts.map(({ trouble }) => trouble)) as Record<Trouble, number>,
    endedKnown: told('ended').length,
    reportedUnknown: told('unknown').length,
    unknownAndStarted: told('unknown').filter(({ number }) => startsOf(number) > 0).length,
    unknownWithoutStart: told('unknown').filter(({ number }) => startsOf(number) === 0).length,
    refused: told('refused').length,
    records: tally(records.map(({ state }) => state)),
    startedTwice: keysOf(orders.restores.filter(({ number }) => startsOf(number) > 1)),
    toldWrongly: orders.restores
      .filter(isToldWrongly)
      .map(({ key, number }) => `${key} ${JSON.stringify(reports.get(number))}, ${startsOf(number)} starts`),
    lost: keysOf(orders.restores.filter(({ number }) => !reports.has(number))),
    overlapping: run.starts
      .filter(({ status }) => status >= 400)
      .map(({ number, status }) => `CHANGE-${number} ${status}`),
  };
}

/** Bundles the worker into one file, so that a killed worker restarts quickly. */
async function bundleWorker(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg', '@aws-sdk/client-s3'],
    target: 'node20',
    logLevel: 'error',
    alias: Object.fromEntries(
      [...entryNames].reverse().map((entry) => [specifierOf(entry), join(root, entries[entry])]),
    ),
  });
}
