import type { FaultAim, WireFault } from './fault-wire.ts';

/** Faults of the network and of gateways by name. `true` is the usual case; an object chooses other calls. */
export interface NamedFaults {
  /** The product refuses one call with 401 and then accepts the same credentials again. @default the second poll */
  readonly single401?: true | FaultAim;
  /** A gateway that knows no route answers 404 with JSON of its own. @default the second to fourth poll */
  readonly gatewayJson404?: true | FaultAim;
  /** A gateway reports an error in JSON under HTTP 200. @default the second to fourth poll, 'detail' */
  readonly gatewayJson200?: true | (FaultAim & { readonly form?: GatewayForm });
  /** The product's own answer with a deeply nested member. @default the start, 100,000 levels */
  readonly deepJson?: true | (FaultAim & { readonly depth?: number });
  /** A proxy answers the start with 504, and the product performs it later. @default after 75 s */
  readonly lateCommit?: true | { readonly afterMs: number };
  /** A call gets the answer for another operation, which has succeeded. @default the second poll */
  readonly misroutedAnswer?: true | FaultAim;
  /**
   * The server has closed an idle connection: the first call after a pause fails before it arrives and is not in
   * `requests`. @default any call, after 5 s
   */
  readonly connectionDies?: true | { readonly afterIdleMs: number };
}

/** 'detail': `{"detail":..,"status":503}`. 'spring': Spring's error. 'problem': RFC 9457. */
export type GatewayForm = 'detail' | 'spring' | 'problem';

export const gatewayBodies = {
  detail: '{"detail":"The service is temporarily unavailable","status":503}',
  spring:
    '{"timestamp":"2026-06-30T08:00:00.000+00:00","status":503,"error":"Service Unavailable","path":"/","message":""}',
  problem: '{"type":"about:blank","title":"Service Unavailable","status":503}',
} as const satisfies Record<GatewayForm, string>;

const GATEWAY_404 = '{"message":"no Route matched with those values"}';
const SECOND_POLL = { fromPoll: 2, toPoll: 2 };
const THREE_POLLS = { fromPoll: 2, toPoll: 4 };

/** The same as faults on the wire. */
export function wireFaultsOf(named: NamedFaults): readonly WireFault[] {
  const { single401, gatewayJson404, gatewayJson200, deepJson, lateCommit, misroutedAnswer, connectionDies } = named;
  const faults: WireFault[] = [];
  if (single401) faults.push({ ...aim(single401, SECOND_POLL), kind: 'unauthorized' });
  if (gatewayJson404) {
    faults.push({ ...aim(gatewayJson404, THREE_POLLS), kind: 'status', status: 404, page: 'json', text: GATEWAY_404 });
  }
  if (gatewayJson200) {
    const { form = 'detail', ...aimed } = gatewayJson200 === true ? {} : gatewayJson200;
    faults.push({ ...aim(aimed, THREE_POLLS), kind: 'other-json', json: gatewayBodies[form] });
  }
  if (deepJson) {
    const { depth = 100_000, ...aimed } = deepJson === true ? {} : deepJson;
    faults.push({ ...aim(aimed, { on: 'start' }), kind: 'deep-json', depth });
  }
  if (lateCommit) {
    const afterMs = lateCommit === true ? 75_000 : lateCommit.afterMs;
    faults.push({ on: 'start', kind: 'status', status: 504, carriedOut: { afterMs } });
  }
  if (misroutedAnswer) faults.push({ ...aim(misroutedAnswer, SECOND_POLL), kind: 'misrouted' });
  if (connectionDies) {
    const afterIdleMs = connectionDies === true ? 5_000 : connectionDies.afterIdleMs;
    faults.push({ on: 'all', afterIdleMs, kind: 'reset', delivered: false });
  }
  return faults;
}

/** An empty aim is the usual one. */
function aim(told: true | FaultAim, usual: FaultAim): FaultAim {
  return told === true || Object.keys(told).length === 0 ? usual : told;
}
