import * as fc from 'fast-check';
import type {
  CarriedOut,
  ReplacingFault,
  RetryAfterFault,
  SpoilingFault,
  WireFault,
} from '../../../src/testing/fault-wire.ts';
import { HOUR, logUniform, MINUTE, SECOND, seldom } from './times.ts';

const retryAfter: fc.Arbitrary<RetryAfterFault> = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '30',
    '3600',
    '86400',
    '999999999',
    '99999999999999999999',
    '-5',
    '1e9',
    'soon',
    '',
    '0x10',
  ),
  fc.constantFrom('Wed, 99 Foo 2026 99:99:99 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT'),
  fc.record({
    inMs: fc.constantFrom(-HOUR, 0, 30 * SECOND, 10 * MINUTE, 30 * HOUR),
    skewMs: fc.constantFrom(0, -HOUR, HOUR, -400 * 24 * HOUR),
  }),
);

const page = fc.constantFrom('html', 'json', 'empty' as const);

/** None has a number as `status`: to Oracle EPM that would be its own word for the end. */
const otherJson = fc.constantFrom(
  '{}',
  '[]',
  'null',
  '0',
  '"ok"',
  'true',
  '{"status":"UP"}',
  '{"state":"UP","result":"Success"}',
  '{"message":"Under maintenance"}',
  '{"response":null,"statusCode":200}',
  '{"response":{}}',
  '{"errors":[{"code":1,"title":"x","detail":"y"}]}',
);

function status(statuses: readonly number[]): fc.Arbitrary<ReplacingFault> {
  return fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(...statuses), page });
}

function limited(statuses: readonly number[]): fc.Arbitrary<ReplacingFault> {
  return fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(...statuses), retryAfter, page });
}

const spoiling: fc.Arbitrary<SpoilingFault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('reset-after-headers', 'reset-in-body', 'truncated', 'empty' as const) }),
  fc.record({
    kind: fc.constant('wrong-type' as const),
    contentType: fc.constantFrom('text/plain', 'text/html', 'application/octet-stream', 'image/png'),
  }),
  fc.record({ kind: fc.constantFrom('slow-answer', 'slow-body' as const), forMs: logUniform(SECOND, 10 * MINUTE) }),
);

const silent = fc.record({
  kind: fc.constantFrom('reset' as const, 'hang' as const, 'html' as const, 'redirect' as const, 'junk' as const),
});
const otherwise = fc.record({ kind: fc.constant('other-json' as const), json: otherJson });

/** What may stand in the place of an answer without refusing anybody. */
const outage = fc.oneof(
  { weight: 4, arbitrary: silent },
  { weight: 1, arbitrary: otherwise },
  { weight: 3, arbitrary: status([500, 502, 503, 504, 408, 520]) },
  { weight: 2, arbitrary: limited([500, 502, 503, 504]) },
  { weight: 3, arbitrary: limited([429]) },
  { weight: 1, arbitrary: status([429]) },
);
const refusal = status([400, 401, 403, 404, 410]);
const replacing = fc.oneof({ weight: 12, arbitrary: outage }, { weight: 1, arbitrary: refusal });

/** Late commits are a hazard of their own. */
const carriedOut: fc.Arbitrary<CarriedOut> = fc.boolean();

/** A start may be carried out although it is not answered; a refusal and a limit mean that it was not. */
const startFault: fc.Arbitrary<WireFault> = fc
  .oneof(
    { weight: 3, arbitrary: spoiling },
    {
      weight: 6,
      arbitrary: fc
        .oneof(silent, otherwise, status([500, 502, 503, 504, 408]))
        .chain((fault) => carriedOut.map((value) => ({ ...fault, carriedOut: value }))),
    },
    { weight: 1, arbitrary: fc.oneof(limited([429]), refusal) },
  )
  .map((fault) => ({ on: 'start' as const, toCall: 1, ...fault }));

/** A stretch of the restore; each ends, so that the truth can be seen at last. */
function stretch(
  durationMs: number,
): fc.Arbitrary<{ fromMs: number; toMs: number; fromPoll?: number; toPoll?: number }> {
  const byTime = fc
    .record({ at: fc.nat({ max: 120 }), forMs: logUniform(SECOND, 3 * HOUR) })
    .map(({ at, forMs }) => ({ fromMs: 1 + Math.round((durationMs * at) / 100), forMs }))
    .map(({ fromMs, forMs }) => ({ fromMs, toMs: fromMs + forMs }));
  const byPoll = fc
    .record({ from: fc.integer({ min: 1, max: 20 }), count: fc.integer({ min: 1, max: 12 }) })
    .map(({ from, count }) => ({ fromMs: 0, toMs: 5 * HOUR, fromPoll: from, toPoll: from + count - 1 }));
  return fc.oneof(byTime, byPoll);
}

function faultWhileWaiting(durationMs: number): fc.Arbitrary<WireFault> {
  return fc
    .tuple(
      fc.oneof({ weight: 2, arbitrary: replacing }, { weight: 1, arbitrary: spoiling }),
      stretch(durationMs),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant('poll' as const) },
        { weight: 2, arbitrary: fc.constantFrom('all' as const, 'token' as const, 'other' as const) },
      ),
      fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }) }),
    )
    .map(([fault, window, on, every]) => ({ ...window, ...(on === 'poll' ? {} : { on }), every, ...fault }));
}

/** Reads and tokens before the start is accepted. */
const faultBefore: fc.Arbitrary<WireFault> = fc
  .tuple(
    fc.oneof(replacing, spoiling),
    fc.constantFrom('other' as const, 'token' as const, 'poll' as const),
    fc.integer({ min: 1, max: 4 }),
  )
  .map(([fault, on, toCall]) => ({ on, toCall, toMs: 1, ...fault }));

export function wireFaults(durationMs: number): fc.Arbitrary<readonly WireFault[]> {
  const few = fc.array(faultWhileWaiting(durationMs), { maxLength: 4 });
  return fc
    .tuple(seldom(startFault, 3), seldom(faultBefore, 6), few)
    .map(([start, before, during]) => [start, before, ...during].filter((fault) => fault !== undefined));
}
