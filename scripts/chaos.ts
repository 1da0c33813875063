/**
 * Plays random schedules of faults on every emulated system: `npm run chaos -- --seed 1 --runs 2000 [--system
 * oracle-epm] [--hazard late-commit] [--path 12:0:3]`. The usual mixture comes first, then each hazard alone, with a
 * tenth of the runs. With `--haproxy` the mixture is played over real sockets, and HAProxy, which must be installed,
 * makes the faults.
 */
import { parseArgs } from 'node:util';
import { haproxyVersion } from '../test/chaos/haproxy/haproxy.ts';
import { playgrounds } from '../test/chaos/support/arenas.ts';
import { breaks } from '../test/chaos/support/broken-promise.ts';
import { type ChaosReport, noBreaks } from '../test/chaos/support/check-chaos.ts';
import { type HazardName, hazardNames } from '../test/chaos/support/hazard-names.ts';
import { isKnownToFail, knownToFail } from '../test/chaos/support/known-to-fail.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    system: { type: 'string' },
    hazard: { type: 'string' },
    path: { type: 'string' },
    haproxy: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? Date.now() & 0x7fffffff : Number(values.seed);
const runs = Number(values.runs ?? (values.haproxy ? 20 : 1_000));
const systems = playgrounds.filter(({ name }) => values.system === undefined || name === values.system);
const hazard = hazardNames.find((name) => name === values.hazard);
const isHazardUnknown = values.hazard !== undefined && hazard === undefined;
if (!Number.isInteger(seed) || !(Number.isInteger(runs) && runs > 0) || systems.length === 0 || isHazardUnknown) {
  const names = playgrounds.map(({ name }) => name).join(', ');
  console.error(`--seed and --runs are whole numbers, --system is one of ${names}.`);
  console.error(`--hazard is one of ${hazardNames.join(', ')}.`);
  process.exit(2);
}

const total = noBreaks();
let starts = 0;
let unknownStarts = 0;

function print(report: ChaosReport, seconds: number): void {
  const what = report.hazard === undefined ? report.system : `${report.system} with ${report.hazard}`;
  console.log(`${what}: ${report.runs} schedules of seed ${seed} in ${seconds.toFixed(1)} s`);
  const counts = Object.entries(report.counts).sort(([, a], [, b]) => b - a);
  for (const [name, count] of counts) console.log(`  ${String(count).padStart(7)}  ${name}`);
  starts += report.runs;
  unknownStarts += report.counts['unknown without a POST'] ?? 0;
  for (const kind of breaks) {
    total[kind] += report.broken[kind];
    if (report.broken[kind] > 0) process.exitCode = 1;
  }
  if (report.failure === undefined) return;
  console.error(report.failure);
  process.exitCode = 1;
}

async function playAll(): Promise<void> {
  for (const { name, play, playThroughHaproxy } of systems) {
    const mixtures: readonly (HazardName | undefined)[] =
      values.hazard === undefined ? [undefined, ...(values.haproxy ? [] : hazardNames)] : [hazard];
    for (const one of mixtures) {
      // If it is requested by name, it is played nevertheless.
      if (one !== undefined && hazard === undefined && isKnownToFail(name, one)) continue;
      const isAside = one !== undefined && hazard === undefined;
      const run = { seed, runs: isAside ? Math.ceil(runs / 10) : runs, hazard: one, path: values.path };
      const began = performance.now();
      const report = await (values.haproxy ? playThroughHaproxy : play)(run);
      print(report, (performance.now() - began) / 1_000);
    }
  }
  for (const { system, hazard: left, because } of knownToFail) {
    if (hazard === undefined && !values.haproxy)
      console.log(`left out, known to fail: ${system} with ${left} (${because})`);
  }
  console.log(breaks.map((kind) => `${kind}: ${total[kind]}`).join(', '));
  console.log(
    `unknown without a POST: ${unknownStarts} of ${starts} (${((100 * unknownStarts) / Math.max(1, starts)).toFixed(2)} %)`,
  );
}

const proxy = values.haproxy ? haproxyVersion() : undefined;
if (proxy !== undefined) console.log(proxy);
if (values.haproxy && proxy === undefined) console.log('HAProxy is not installed, so nothing was played.');
else await playAll();
