/**
 * Plays random schedules of faults on every emulated system, as many as wanted:
 * `npm run chaos -- --seed 1 --runs 2000 [--system oracle-epm] [--path 12:0:3]`. With `--haproxy` they are played over real
 * sockets, and HAProxy makes the faults; nothing is installed for it.
 */
import { parseArgs } from 'node:util';
import { haproxyVersion } from '../test/chaos/haproxy/haproxy.ts';
import { playgrounds } from '../test/chaos/support/arenas.ts';
import type { ChaosReport } from '../test/chaos/support/check-chaos.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    system: { type: 'string' },
    path: { type: 'string' },
    haproxy: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? Date.now() & 0x7fffffff : Number(values.seed);
const runs = Number(values.runs ?? (values.haproxy ? 20 : 1_000));
const chosen = playgrounds.filter(({ name }) => values.system === undefined || name === values.system);
if (!Number.isInteger(seed) || !(Number.isInteger(runs) && runs > 0) || chosen.length === 0) {
  const names = playgrounds.map(({ name }) => name).join(', ');
  console.error(`--seed and --runs are whole numbers, --system is one of ${names}.`);
  process.exit(2);
}

function print(report: ChaosReport, seconds: number): void {
  console.log(`${report.system}: ${report.runs} schedules of seed ${seed} in ${seconds.toFixed(1)} s`);
  const counts = Object.entries(report.counts).sort(([, a], [, b]) => b - a);
  for (const [what, count] of counts) console.log(`  ${String(count).padStart(7)}  ${what}`);
  if (report.failure === undefined) return;
  console.error(report.failure);
  process.exitCode = 1;
}

const proxy = values.haproxy ? haproxyVersion() : undefined;
if (proxy !== undefined) console.log(proxy);
if (values.haproxy && proxy === undefined) {
  console.log('HAProxy is not installed, so nothing was played.');
} else {
  for (const { play, playThroughHaproxy } of chosen) {
    const began = performance.now();
    const report = await (values.haproxy ? playThroughHaproxy : play)({ seed, runs, path: values.path });
    print(report, (performance.now() - began) / 1_000);
  }
}
