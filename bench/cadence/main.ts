/**
 * Measures requests and latency of our cadence and of others, for restores of many durations and six ways of reporting
 * progress.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../support/ensure-built.ts';
import { textTable } from '../support/table.ts';
import { beatenIn, cadenceCells, cadenceHeader } from './format.ts';
import { defaultPopulation } from './operations.ts';

const usage = `npm run bench:cadence -- [options]
  --seed <n>         another seed, other operations (default ${defaultPopulation.seed})
  --operations <n>   how many for each way of reporting progress (default ${defaultPopulation.operations})
  --min <duration>   the shortest, as 90s, 1m, 2h (default 1m)
  --max <duration>   the longest (default 4h)
  --json             the figures as one JSON document`;

const UNITS_MS: Readonly<Record<string, number>> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function duration(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
  const ms = Number(amount) * (UNITS_MS[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new Error(`${text} is no duration; write 90s, 1m or 2h.`);
  return ms;
}

function whole(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${text} is no whole number.`);
  return value;
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    operations: { type: 'string' },
    min: { type: 'string' },
    max: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const population = {
    seed: whole(values.seed, defaultPopulation.seed),
    operations: whole(values.operations, defaultPopulation.operations),
    minMs: duration(values.min, defaultPopulation.minMs),
    maxMs: duration(values.max, defaultPopulation.maxMs),
  };
  if (population.operations === 0 || population.minMs > population.maxMs) throw new Error(`Nothing to do.\n${usage}`);
  ensureBuilt();
  // Imports dist, which may just have been built.
  const { simulateCadence } = await import('./simulate.ts');
  const tables = await simulateCadence(population);
  if (values.json) {
    console.log(JSON.stringify({ population, tables }, undefined, 2));
  } else {
    for (const { model, meaning, rows } of tables) {
      console.log(`\n${model}: ${meaning}`);
      console.log(textTable(cadenceHeader, rows.map(cadenceCells)));
    }
    const beaten = beatenIn(tables);
    console.log(
      `\nrestorekit is on the Pareto front ${beaten.length === 0 ? 'in every table' : `except in ${beaten.join(', ')}`}.`,
    );
  }
}
