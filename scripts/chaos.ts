/**
 * Plays random schedules of faults on every emulated system, as many as wanted:
 * `npm run chaos -- --seed 1 --runs 2000 [--system oracle-epm] [--path 12:0:3]`.
 */
import { parseArgs } from 'node:util';
import { playgrounds } from '../test/chaos/support/arenas.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string', default: '1000' },
    system: { type: 'string' },
    path: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() & 0x7fffffff : Number(values.seed);
const runs = Number(values.runs);
const chosen = playgrounds.filter(({ name }) => values.system === undefined || name === values.system);
if (!Number.isInteger(seed) || !(runs > 0) || chosen.length === 0) {
  console.error(
    `--seed and --runs are whole numbers, --system is one of ${playgrounds.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

for (const { name, play } of chosen) {
  const began = performance.now();
  const report = await play({ seed, runs, path: values.path });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name}: ${report.runs} schedules of seed ${seed} in ${seconds} s`);
  const counts = Object.entries(report.counts).sort(([, a], [, b]) => b - a);
  for (const [what, count] of counts) console.log(`  ${String(count).padStart(7)}  ${what}`);
  if (report.failure === undefined) continue;
  console.error(report.failure);
  process.exitCode = 1;
}
