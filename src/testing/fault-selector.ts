import { isWithin } from './fault-window.ts';
import type { WireFault } from './fault-wire.ts';
import type { Role } from './route.ts';

/** The facts of a call on which the choice of a fault depends. */
export interface AimedCall {
  readonly role: Role;
  /** Milliseconds since the first accepted start; 0 before it. */
  readonly elapsedMs: number;
  /** Status requests so far, this one included. */
  readonly polls: number;
  /** Milliseconds since the call before; undefined for the first. */
  readonly idleMs: number | undefined;
}

/** Chooses the fault of a call. It counts the calls, so call it once per call. */
export function faultSelector(faults: readonly WireFault[]): (call: AimedCall) => WireFault | undefined {
  const calls = new Map<Role, number>();
  const met = new Map<WireFault, number>();
  return (call) => {
    const number = (calls.get(call.role) ?? 0) + 1;
    calls.set(call.role, number);
    return faults.find((fault) => {
      const { on = 'poll', fromCall = 1, toCall = Number.POSITIVE_INFINITY, every = 1 } = fault;
      const isAimed = on === 'all' || on === call.role;
      if (fault.afterIdleMs !== undefined && (call.idleMs ?? -1) < fault.afterIdleMs) return false;
      if (!isAimed || number < fromCall || number > toCall || !isWithin(fault, call)) return false;
      const count = (met.get(fault) ?? 0) + 1;
      met.set(fault, count);
      return count % every === 0;
    });
  };
}
