import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './planned-restore.ts';

/** Writes a report completely or not at all. A known end is kept when another worker reports that it is unknown. */
export function report(folder: string, number: number, told: Report): void {
  const draft = join(folder, `${number}.${process.pid}.draft`);
  writeFileSync(draft, JSON.stringify(told));
  renameSync(draft, join(folder, `${number}.${told.outcome}.json`));
}

export function hasReport(folder: string, number: number, outcomes: readonly Report['outcome'][]): boolean {
  return outcomes.some((outcome) => existsSync(join(folder, `${number}.${outcome}.json`)));
}

/** The last report on each restore. */
export function readReports(folder: string): Map<number, Report> {
  const found = new Map<number, Report>();
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.json')) continue;
    const number = Number.parseInt(name, 10);
    const told: Report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (told.outcome === 'ended' || !found.has(number)) found.set(number, told);
  }
  return found;
}
