import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RESTORE_MS, SYSTEMS } from './environments.ts';
import type { StoreFaults } from './faulty-store.ts';
import { type Findings, judgeWorld, noFindings, plus } from './judge-world.ts';
import { seeded } from './random.ts';
import type { ProcessRisks } from './simulated-process.ts';
import type { WireFaults } from './wire.ts';
import { runWorld, type StoreName } from './world.ts';

export interface SimulationOptions {
  readonly keys: number;
  readonly seed: number;
  /** Share of reads answered with another restore's answer, where an answer names its restore. @default 0.02 */
  readonly misrouted?: number;
  readonly stores?: readonly StoreName[];
  /** Runs only this world. */
  readonly world?: number;
  readonly onWorld?: (done: Findings) => void;
}

const KEYS_IN_A_WORLD = 4;
const STORES: readonly StoreName[] = ['memory', 'object', 'memory', 'object', 'memory', 'object', 'file'];

const risks: ProcessRisks = { kill: 0.004, pause: 0.004 };
const storeFaults: StoreFaults = {
  failBefore: 0.005,
  failAfter: 0.005,
  hangBefore: 0.003,
  hangAfter: 0.003,
  late: 0.005,
  conflictWithItself: 0.01,
  slow: 0.01,
};
const wireFaultsWith = (misrouted: number): WireFaults => ({
  starts: { lost: 0.06, undelivered: 0.03, lateCommit: 0.08, slow: 0.08, refused: 0.05 },
  reads: { reset: 0.01, page: 0.01, slow: 0.01, misrouted },
});

/**
 * Restores many keys in worlds of a few keys each. A world depends only on its seed, so a finding can be run again.
 */
export async function simulate(options: SimulationOptions): Promise<Findings> {
  const { keys, seed, misrouted = 0.02, stores = STORES } = options;
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'restorekit-simulation-'));
  let findings = noFindings();
  try {
    for (let world = 0; world * KEYS_IN_A_WORLD < keys; world += 1) {
      const system = SYSTEMS[world % SYSTEMS.length] ?? 'cloud-foundry';
      const store = stores[Math.floor(world / SYSTEMS.length) % stores.length] ?? 'memory';
      if (options.world !== undefined && world !== options.world) continue;
      const own = join(folder, String(world));
      const random = seeded(seed * 100_003 + world);
      const hasGateway = random() < 0.3;
      // A status answer of Oracle EPM names no job, so no client could notice that it belongs to another one.
      const namesItself = system !== 'oracle-epm';
      const outcome = await runWorld({
        system,
        store,
        folder: own,
        keys: KEYS_IN_A_WORLD,
        hasGateway,
        random,
        risks,
        storeFaults,
        wireFaults: wireFaultsWith(namesItself ? misrouted : 0),
      });
      rmSync(own, { recursive: true, force: true });
      findings = plus(findings, judgeWorld(outcome, `seed ${seed} world ${world} (${system}, ${store})`, RESTORE_MS));
      options.onWorld?.(findings);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return findings;
}
