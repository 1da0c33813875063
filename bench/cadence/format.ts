import type { CadenceRow, CadenceTable } from './simulate.ts';

export const cadenceHeader = [
  'strategy',
  'requests',
  'p95',
  'latency s',
  'p95 s',
  'relative',
  'p95',
  'Pareto',
] as const;

export function cadenceCells(row: CadenceRow): string[] {
  return [
    row.strategy,
    row.requests.toFixed(row.requests < 100 ? 1 : 0),
    row.requestsP95.toFixed(0),
    row.latencyS.toFixed(1),
    row.latencyP95S.toFixed(1),
    `${(100 * row.relative).toFixed(2)} %`,
    `${(100 * row.relativeP95).toFixed(1)} %`,
    [row.isParetoAbsolute ? 'abs' : '', row.isParetoRelative ? 'rel' : ''].filter(Boolean).join(', ') || '-',
  ];
}

/** The models in which another row is better than ours in requests and in latency, both absolute and relative. */
export function beatenIn(tables: readonly CadenceTable[]): string[] {
  return tables.flatMap(({ model, rows }) =>
    rows
      .filter((row) => row.isOurs && !row.isParetoAbsolute && !row.isParetoRelative)
      .map((row) => `${model} (${row.strategy})`),
  );
}
