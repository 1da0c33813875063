import * as fc from 'fast-check';
import type { FaultAim, WireFault } from '../../../src/testing/fault-wire.ts';
import { gatewayBodies } from '../../../src/testing/named-faults.ts';
import type { HazardName } from './hazard-names.ts';
import type { Hazard, Schedule } from './schedule.ts';
import { HOUR, logUniform, MINUTE, SECOND } from './times.ts';

/** What a hazard makes of a schedule. */
type Reshape = (schedule: Schedule<unknown>) => fc.Arbitrary<Pick<Schedule<unknown>, 'hazard'> & Partial<Plan>>;
type Plan = Pick<Schedule<unknown>, 'wire' | 'waits' | 'jumps' | 'durationMs' | 'truth' | 'requestTimeoutMs'>;

const DAY = 24 * HOUR;

/** Some of the polls; few enough that the truth is seen at last. */
const somePolls: fc.Arbitrary<FaultAim> = fc
  .record({ from: fc.integer({ min: 1, max: 10 }), count: fc.integer({ min: 1, max: 6 }) })
  .map(({ from, count }) => ({ fromPoll: from, toPoll: from + count - 1, toMs: 5 * HOUR }));
/** A stretch of time, as long as a gateway may be lost. */
const aStretch: fc.Arbitrary<FaultAim> = fc
  .record({ fromMs: logUniform(SECOND, HOUR), forMs: logUniform(MINUTE, 90 * MINUTE) })
  .map(({ fromMs, forMs }) => ({ fromMs, toMs: fromMs + forMs }));
const theStart = fc.constant<FaultAim>({ on: 'start', toCall: 1 });

/** A fault of any calls, on the wire between the client and the emulator. */
function onTheWire(name: HazardName, fault: fc.Arbitrary<WireFault | readonly WireFault[]>): Reshape {
  return () => fault.map((wire) => ({ hazard: { name, wire: [wire].flat() as readonly WireFault[] } }));
}

function aimed<F extends object>(aims: fc.Arbitrary<FaultAim>, fault: fc.Arbitrary<F>): fc.Arbitrary<FaultAim & F> {
  return fc.tuple(aims, fault).map(([aim, what]) => ({ ...aim, ...what }));
}

const gatewayTexts = fc.constantFrom(
  ...Object.values(gatewayBodies),
  '{"message":"no Route matched with those values"}',
  '{"error":"not_found","status":404}',
  '{"status":404,"title":"Not Found","detail":"no such upstream"}',
  '{"code":404,"reason":"route not found","id":null}',
  '{"errors":[]}',
);
const gatewayAnswer = fc.oneof(
  fc.record({ kind: fc.constant('other-json' as const), json: gatewayTexts }),
  // Twice, since a 404 is what is misread most.
  gatewayStatus(),
  gatewayStatus(),
);

function gatewayStatus() {
  return fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(404, 404, 404, 503),
    page: fc.constantFrom('json', 'text', 'empty', 'html' as const),
    text: gatewayTexts,
  });
}

const lateCommit = fc.record({
  on: fc.constant('start' as const),
  toCall: fc.constant(1),
  kind: fc.constantFrom('reset' as const, 'hang' as const, 'html' as const),
  carriedOut: fc.record({ afterMs: logUniform(SECOND, 20 * MINUTE) }),
});

function suspension(schedule: Schedule<unknown>): fc.Arbitrary<Pick<Schedule<unknown>, 'hazard'> & Partial<Plan>> {
  return fc
    .record({
      durationMs: logUniform(5 * MINUTE, HOUR),
      timeoutMs: logUniform(4 * HOUR, 8 * HOUR),
      atMs: logUniform(SECOND, 4 * MINUTE),
      // Records of a restore live for a day.
      byMs: logUniform(9 * HOUR, 20 * HOUR),
    })
    .map(({ durationMs, timeoutMs, atMs, byMs }) => ({
      durationMs,
      truth: schedule.truth === 'never' ? ('succeeded' as const) : schedule.truth,
      wire: [],
      jumps: [{ atMs, byMs }],
      waits: [
        { timeoutMs, outageToleranceMs: undefined, everyMs: undefined, acceptsPartial: true, abortAtMs: undefined },
      ],
      hazard: {
        name: 'suspended-machine' as const,
        mustBeKnown: true,
        // The connection that was kept open is dead, and the first request finds out.
        wire: [{ on: 'all' as const, afterIdleMs: 2 * HOUR, kind: 'reset' as const, delivered: false }],
      },
    }));
}

const named = (hazard: fc.Arbitrary<Hazard>): Reshape => {
  return () => hazard.map((one) => ({ hazard: one }));
};

export const hazards: Readonly<Record<HazardName, Reshape>> = {
  // Of polls: whoever is answered 404 to a start in the API's own words cannot know that it was not meant for him.
  'misrouted-answer': onTheWire('misrouted-answer', aimed(somePolls, fc.constant({ kind: 'misrouted' as const }))),
  'gateway-prefix': named(fc.constant({ name: 'gateway-prefix', isBehindGateway: true })),
  'late-commit': onTheWire('late-commit', lateCommit),
  'single-401': onTheWire(
    'single-401',
    aimed(
      fc.oneof(
        fc.integer({ min: 1, max: 12 }).map((poll) => ({ fromPoll: poll, toPoll: poll })),
        theStart,
        fc.integer({ min: 1, max: 3 }).map((call) => ({ on: 'other' as const, fromCall: call, toCall: call })),
      ),
      fc.constant({ kind: 'unauthorized' as const }),
    ),
  ),
  'late-401': named(
    logUniform(61 * SECOND, 4 * MINUTE).map((afterMs) => ({
      name: 'late-401',
      network: { kind: 'late-401', afterMs },
    })),
  ),
  'gateway-json': onTheWire('gateway-json', aimed(fc.oneof(somePolls, aStretch), gatewayAnswer)),
  'deep-json': onTheWire(
    'deep-json',
    aimed(
      fc.oneof(somePolls, theStart, fc.constant({ on: 'other' as const, toCall: 3 })),
      fc.constantFrom(101, 1_000, 10_000, 100_000, 200_000).map((depth) => ({ kind: 'deep-json' as const, depth })),
    ),
  ),
  'slow-body': onTheWire(
    'slow-body',
    aimed(
      fc.oneof(somePolls, theStart, fc.constant({ on: 'other' as const, toCall: 3 })),
      logUniform(SECOND, 6 * HOUR).map((forMs) => ({ kind: 'slow-body' as const, forMs })),
    ),
  ),
  'hanging-body': named(
    fc
      .record({ from: fc.integer({ min: 1, max: 10 }), count: fc.integer({ min: 1, max: 4 }) })
      .map(({ from, count }) => ({
        name: 'hanging-body',
        network: { kind: 'hanging-body', fromRead: from, toRead: from + count - 1 },
      })),
  ),
  'slow-login': onTheWire(
    'slow-login',
    fc
      .tuple(fc.constantFrom('slow-answer', 'slow-body' as const), logUniform(SECOND, 10 * MINUTE))
      .map(([kind, forMs]) => ({ on: 'token' as const, toMs: 5 * HOUR, kind, forMs })),
  ),
  'suspended-machine': suspension,
  'clock-set-back': named(
    fc.record({ atMs: logUniform(SECOND, 2 * HOUR), byMs: logUniform(MINUTE, DAY) }).map(({ atMs, byMs }) => ({
      name: 'clock-set-back',
      clientClock: { offsetMs: 0, set: { atMs, byMs: -byMs } },
    })),
  ),
  'clock-skew': named(
    fc
      .tuple(logUniform(SECOND, 15 * MINUTE), fc.boolean())
      .map(([ms, isAhead]) => ({ name: 'clock-skew', clientClock: { offsetMs: isAhead ? ms : -ms } })),
  ),
  'dying-connections': onTheWire(
    'dying-connections',
    fc
      .record({ afterIdleMs: logUniform(SECOND, MINUTE), every: fc.integer({ min: 2, max: 3 }) })
      .map((aim) => [{ on: 'all' as const, toMs: 5 * HOUR, ...aim, kind: 'reset' as const, delivered: false }]),
  ),
};
