/**
 * Measures this package side by side with others. `npm run bench -- --help`
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figures } from './figures.ts';
import { isPart, partNames, parts } from './parts/index.ts';
import { drawChart } from './report/chart.ts';
import { renderReadme } from './report/readme.ts';
import { renderTables } from './report/tables.ts';
import { ensureBuilt } from './support/ensure-built.ts';

const BENCH = import.meta.dirname;
const FIGURES = join(BENCH, 'figures.json');

const usage = `npm run bench -- [options]
  --only <part,...>  out of ${partNames.join(', ')}
  --quick            fewer rounds, and no series that takes minutes
  --json             the figures as one JSON document
  --write            bench/figures.json, bench/README.md and bench/chart.svg; parts that were not measured stay`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** The peers are installed here, so that an install of the package stays small. */
function ensurePeers(): void {
  if (existsSync(join(BENCH, 'node_modules', '.package-lock.json'))) return;
  console.error('bench/node_modules is missing: npm ci in bench');
  const { status } = spawnSync('npm', ['ci', '--silent'], { cwd: BENCH, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('npm ci failed in bench.');
}

function versionsInUse(): Record<string, string> {
  const read = (path: string) => JSON.parse(readFileSync(join(BENCH, path), 'utf8'));
  const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
  return { restorekit: read('../package.json').version as string, ...dependencies };
}

async function measure(): Promise<Figures> {
  const names = values.only === undefined ? partNames : values.only.split(',').filter(isPart);
  if (names.length === 0) throw new Error(usage);
  const [cpu] = cpus();
  let figures: Figures = {
    machine: { node: process.version, cpus: cpus().length, cpu: cpu?.model ?? 'unknown', platform: platform() },
    versions: versionsInUse(),
  };
  for (const name of names) {
    const startedAt = performance.now();
    figures = { ...figures, [name]: await parts[name](values.quick) };
    console.error(`${name}: measured in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  }
  return figures;
}

if (values.help) {
  console.log(usage);
} else {
  ensurePeers();
  ensureBuilt();
  const figures = await measure();
  if (values.write) {
    const before = existsSync(FIGURES) ? (JSON.parse(readFileSync(FIGURES, 'utf8')) as Figures) : {};
    const merged: Figures = { ...before, ...figures };
    writeFileSync(FIGURES, `${JSON.stringify(merged, undefined, 2)}\n`);
    writeFileSync(join(BENCH, 'README.md'), renderReadme(merged));
    if (merged.cadence) writeFileSync(join(BENCH, 'chart.svg'), drawChart(merged.cadence.tables));
  }
  console.log(values.json ? JSON.stringify(figures, undefined, 2) : renderTables(figures));
}
