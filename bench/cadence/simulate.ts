import { drawOperations, type Population, progressModels } from './operations.ts';
import { type Strategy, strategies } from './strategies.ts';

export interface CadenceRow {
  readonly strategy: string;
  readonly isOurs: boolean;
  readonly requests: number;
  readonly requestsP95: number;
  readonly latencyS: number;
  readonly latencyP95S: number;
  /** Latency as a share of the operation's duration. */
  readonly relative: number;
  readonly relativeP95: number;
  /** No other strategy needs as few requests and sees the end as early, with one of the two better. */
  readonly isParetoAbsolute: boolean;
  readonly isParetoRelative: boolean;
}

export interface CadenceTable {
  readonly model: string;
  readonly meaning: string;
  readonly rows: readonly CadenceRow[];
}

type Measured = Omit<CadenceRow, 'isParetoAbsolute' | 'isParetoRelative'>;

/** Every strategy meets the same operations. */
export async function simulateCadence(population: Population): Promise<CadenceTable[]> {
  const tables: CadenceTable[] = [];
  for (const model of progressModels) {
    const operations = drawOperations(model, population);
    const measured: Measured[] = [];
    const hasHistory = model.spread !== undefined;
    for (const strategy of strategies) {
      if (strategy.usesHistory && !hasHistory) continue;
      const row = await measure(strategy, operations);
      // Where a history is known, the strategy that uses it is the one that ships.
      measured.push({ ...row, isOurs: row.isOurs && hasHistory === (strategy.usesHistory ?? false) });
    }
    const rows = measured.map((row) => ({
      ...row,
      isParetoAbsolute: isOnFront(row, measured, 'latencyS'),
      isParetoRelative: isOnFront(row, measured, 'relative'),
    }));
    tables.push({ model: model.name, meaning: model.meaning, rows });
  }
  return tables;
}

async function measure(strategy: Strategy, operations: ReturnType<typeof drawOperations>): Promise<Measured> {
  const requests: number[] = [];
  const latency: number[] = [];
  const relative: number[] = [];
  for (const operation of operations) {
    const watched = await strategy.watch(operation);
    requests.push(watched.requests);
    latency.push(watched.latencyMs / 1_000);
    relative.push(watched.latencyMs / operation.endsAtMs);
  }
  return {
    strategy: strategy.name,
    isOurs: strategy.isOurs ?? false,
    requests: mean(requests),
    requestsP95: p95(requests),
    latencyS: mean(latency),
    latencyP95S: p95(latency),
    relative: mean(relative),
    relativeP95: p95(relative),
  };
}

function isOnFront(row: Measured, all: readonly Measured[], cost: 'latencyS' | 'relative'): boolean {
  return !all.some(
    (other) =>
      other.requests <= row.requests &&
      other[cost] <= row[cost] &&
      (other.requests < row.requests || other[cost] < row[cost]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function p95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(0.95 * (values.length - 1))] ?? 0;
}
