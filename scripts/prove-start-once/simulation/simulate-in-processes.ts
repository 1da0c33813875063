import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type Findings, noFindings, plus } from './judge-world.ts';
import { simulate } from './simulate.ts';

interface Shard {
  readonly keys: number;
  readonly seed: number;
}

/** Runs the simulation in several processes to use all cores. Each shard has its own seed. */
export async function simulateInProcesses(options: Shard & { readonly processes: number }): Promise<Findings> {
  const { keys, seed, processes } = options;
  const shards = Array.from({ length: processes }, (_, index): Shard => {
    return { keys: Math.ceil(keys / processes), seed: seed * processes + index };
  });
  const found = await Promise.all(shards.map(simulateElsewhere));
  return found.reduce(plus, noFindings());
}

function simulateElsewhere(shard: Shard): Promise<Findings> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'simulate-in-processes.ts'), [], { execArgv: process.execArgv });
    child.once('message', (findings) => {
      resolve(findings as Findings);
      child.disconnect();
    });
    child.once('exit', (code) => reject(new Error(`A simulation ended with code ${code}.`)));
    child.send(shard);
  });
}

// The other side of the fork.
process.once('message', (shard) => {
  simulate(shard as Shard).then(
    (findings) => process.send?.(findings),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
