import type { WireFault } from '../../../src/testing/fault-wire.ts';

/** Whether a fault answers one of these statuses to a poll, or anything to what a poll needs. */
export function refuses(wire: readonly WireFault[], statuses: readonly number[]): boolean {
  return wire.some((fault) => fault.on !== 'start' && fault.kind === 'status' && statuses.includes(fault.status));
}

/** When the last fault is over, in milliseconds from the start. */
export function spanOf(wire: readonly WireFault[]): number {
  return Math.max(0, ...wire.filter(({ on }) => on !== 'start').map(({ toMs = 0 }) => toMs));
}
