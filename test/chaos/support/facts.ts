import type { WireFault } from '../../../src/testing/fault-wire.ts';
import type { Schedule } from './schedule.ts';

/** All faults on the wire, those of the hazard first. */
export function wireOf({ wire, hazard }: Schedule<unknown>): readonly WireFault[] {
  return [...(hazard?.wire ?? []), ...wire];
}

/** After how long a lost start may still be carried out, in milliseconds from its call. */
export function latestCommitMs(schedule: Schedule<unknown>): number {
  const late = wireOf(schedule).map((fault) => ('carriedOut' in fault && fault.carriedOut) || 0);
  return Math.max(0, ...late.map((carriedOut) => (typeof carriedOut === 'object' ? carriedOut.afterMs : 0)));
}

/** Whether a fault answers one of these statuses to a poll, or anything to what a poll needs. */
export function refuses(wire: readonly WireFault[], statuses: readonly number[]): boolean {
  return wire.some((fault) => fault.on !== 'start' && fault.kind === 'status' && statuses.includes(fault.status));
}

/** When the last fault is over, in milliseconds from the start. */
export function spanOf(wire: readonly WireFault[]): number {
  return Math.max(0, ...wire.filter(({ on }) => on !== 'start').map(({ toMs = 0 }) => toMs));
}
