import { describe, expect, it } from 'vitest';
import { decide, type Observation } from '../../src/operation/decide.ts';
import type { OperationStatus } from '../../src/operation/status.ts';
import { initialState, NEVER, type WaitRules, type WaitState } from '../../src/operation/wait-state.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';

const RULES: WaitRules = { lastPollLeadMs: 5 * SECOND, outageToleranceMs: 30 * MINUTE, hasOwnCadence: false };
const BEGUN: WaitState<string> = initialState(0, RULES, { timeoutMs: HOUR, firstPollAt: 2 * SECOND, knownAt: 0 });
const LAST_POLL_AT = HOUR - 5 * SECOND;

const running = { state: 'running', steps: [], warnings: [], raw: undefined } as const;
const succeeded = { ...running, state: 'succeeded', result: 'restored' } as const;
const seen = (startedAt: number, status: OperationStatus<string> = running, more = {}) =>
  ({ type: 'status', status, startedAt, pauseMs: MINUTE, isReady: false, ...more }) as const;
const failed = (
  startedAt: number,
  meaning: 'outage' | 'absent' | 'refused' | 'limited' | 'give-up' = 'outage',
  more = {},
) =>
  ({
    type: 'failure',
    error: new Error('lost'),
    label: 'lost',
    meaning,
    startedAt,
    delayMs: MINUTE,
    askedMs: 0,
    isOfAnother: false,
    ...more,
  }) as const;
const time = (pollStartedAt?: number) => ({ type: 'time', pollStartedAt }) as const;

/** Observations one after another, each at its moment; answers the last decision. */
function decisionAfter(...observed: readonly (readonly [number, Observation<string>])[]) {
  let decision: ReturnType<typeof decide<string>> = { state: BEGUN };
  for (const [now, observation] of observed) decision = decide(decision.state, observation, now, RULES);
  return decision;
}

describe('the next poll of a wait', () => {
  it.each<[string, readonly (readonly [number, Observation<string>])[], number]>([
    ['comes after the pause', [[10 * MINUTE, seen(10 * MINUTE)]], 11 * MINUTE],
    ['comes no later than shortly before the deadline', [[HOUR - 30 * SECOND, seen(HOUR - 30 * SECOND)]], LAST_POLL_AT],
    ['does not come after the last one', [[LAST_POLL_AT, seen(LAST_POLL_AT)]], NEVER],
    ['comes again where the last one failed', [[LAST_POLL_AT, failed(LAST_POLL_AT)]], LAST_POLL_AT + 2 * SECOND],
    ['does not come where the last one was limited', [[LAST_POLL_AT, failed(LAST_POLL_AT, 'limited')]], NEVER],
    ['comes after the pause of an outage', [[MINUTE, failed(MINUTE)]], 2 * MINUTE],
    ['comes after what a 429 asks for', [[MINUTE, failed(MINUTE, 'limited', { askedMs: 9 * MINUTE })]], 10 * MINUTE],
    ['comes two minutes after a refusal', [[MINUTE, failed(MINUTE, 'refused')]], 3 * MINUTE],
    [
      'comes ten minutes after the first of two refusals',
      [
        [MINUTE, failed(MINUTE, 'refused')],
        [3 * MINUTE, failed(3 * MINUTE, 'refused')],
      ],
      11 * MINUTE,
    ],
    [
      'comes when a refused login may be tried again',
      [[MINUTE, failed(MINUTE, 'refused', { askedMs: 5 * MINUTE })]],
      6 * MINUTE,
    ],
    [
      'comes within ten minutes of a second refusal under a clock that was set back',
      [
        [20 * MINUTE, failed(20 * MINUTE, 'refused')],
        [MINUTE, failed(MINUTE, 'refused')],
      ],
      11 * MINUTE,
    ],
    ['comes soon while absent', [[20 * SECOND, failed(20 * SECOND, 'absent')]], 30 * SECOND],
    ['comes at the bound of absence', [[55 * SECOND, failed(55 * SECOND, 'absent')]], MINUTE],
    ['comes once more where absence is new after its bound', [[MINUTE, failed(MINUTE, 'absent')]], 65 * SECOND],
    [
      'comes at once after a suspension',
      [
        [MINUTE, seen(MINUTE)],
        [20 * MINUTE, { type: 'suspended', ms: 18 * MINUTE }],
      ],
      20 * MINUTE,
    ],
    [
      'keeps its distance where the clock is set back',
      [
        [MINUTE, seen(MINUTE)],
        [0, { type: 'set-back', ms: MINUTE }],
      ],
      MINUTE,
    ],
    ['stays due where another operation failed', [[MINUTE, failed(0, 'outage', { isOfAnother: true })]], 2 * SECOND],
    [
      'comes shortly before the outage budget ends',
      [
        [MINUTE, failed(MINUTE)],
        [30.5 * MINUTE, failed(30.5 * MINUTE)],
      ],
      31 * MINUTE - 4 * SECOND,
    ],
    [
      'comes at the end of the outage budget',
      [
        [MINUTE, failed(MINUTE)],
        [31 * MINUTE - SECOND, failed(31 * MINUTE - SECOND)],
      ],
      31 * MINUTE,
    ],
  ])('%s', (_, observed, expected) => {
    const { state, ending } = decisionAfter(...observed);
    expect(ending).toBeUndefined();
    expect(state.nextPollAt).toBe(expected);
    expect(state.mustPollAt).toBeGreaterThanOrEqual(Math.min(expected, LAST_POLL_AT, state.nextPollAt));
  });
});

describe('a wait ends', () => {
  it.each<[string, readonly (readonly [number, Observation<string>])[], string | undefined]>([
    ['with a terminal status', [[MINUTE, seen(MINUTE, succeeded)]], 'ended'],
    ['when it is ready', [[MINUTE, seen(MINUTE, running, { isReady: true })]], 'ready'],
    ['not while it runs', [[MINUTE, seen(MINUTE)]], undefined],
    [
      'at the deadline after the last poll',
      [
        [LAST_POLL_AT, seen(LAST_POLL_AT)],
        [HOUR, time()],
      ],
      'timeout',
    ],
    [
      'not before the deadline',
      [
        [LAST_POLL_AT, seen(LAST_POLL_AT)],
        [HOUR - 1, time()],
      ],
      undefined,
    ],
    ['not at the deadline while a poll is due', [[HOUR, time()]], undefined],
    ['at the deadline while a poll hangs', [[HOUR, time(MINUTE)]], 'timeout'],
    [
      'not while a poll that began after the deadline may still answer',
      [[HOUR + 9_000, time(HOUR + 5_000)]],
      undefined,
    ],
    ['five seconds after such a poll began', [[HOUR + 10_000, time(HOUR + 5_000)]], 'timeout'],
    [
      'not while the outage budget lasts',
      [
        [MINUTE, failed(MINUTE)],
        [31 * MINUTE - 1, failed(31 * MINUTE - 1)],
      ],
      undefined,
    ],
    [
      'with the outage budget',
      [
        [MINUTE, failed(MINUTE)],
        [31 * MINUTE, failed(31 * MINUTE)],
      ],
      'unreachable',
    ],
    [
      'not with the budget of an outage that is over',
      [
        [MINUTE, failed(MINUTE)],
        [2 * MINUTE, seen(2 * MINUTE)],
        [31 * MINUTE, failed(31 * MINUTE)],
      ],
      undefined,
    ],
    [
      'not by a limit, however long',
      [
        [MINUTE, failed(MINUTE, 'limited')],
        [50 * MINUTE, failed(50 * MINUTE, 'limited')],
      ],
      undefined,
    ],
    ['at once where access is refused for good', [[MINUTE, failed(MINUTE, 'give-up')]], 'access-lost'],
    [
      'not with three refusals in less than ten minutes',
      [
        [1, failed(1, 'refused')],
        [2, failed(2, 'refused')],
        [10 * MINUTE, failed(10 * MINUTE, 'refused')],
      ],
      undefined,
    ],
    [
      'not with two refusals',
      [
        [1, failed(1, 'refused')],
        [20 * MINUTE, failed(20 * MINUTE, 'refused')],
      ],
      undefined,
    ],
    [
      'with three refusals over ten minutes',
      [
        [1, failed(1, 'refused')],
        [2, failed(2, 'refused')],
        [10 * MINUTE + 1, failed(10 * MINUTE + 1, 'refused')],
      ],
      'access-lost',
    ],
    [
      'not with refusals before and after a good poll',
      [
        [1, failed(1, 'refused')],
        [2, failed(2, 'refused')],
        [3, seen(3)],
        [20 * MINUTE, failed(20 * MINUTE, 'refused')],
      ],
      undefined,
    ],
    [
      'not with absence within a minute',
      [
        [1, failed(1, 'absent')],
        [MINUTE - 1, failed(MINUTE - 1, 'absent')],
      ],
      undefined,
    ],
    [
      'with absence after a minute',
      [
        [1, failed(1, 'absent')],
        [MINUTE, failed(MINUTE, 'absent')],
      ],
      'gone',
    ],
    ['not with the first absence after a minute', [[2 * MINUTE, failed(2 * MINUTE, 'absent')]], undefined],
  ])('%s: %#', (_, observed, expected) => {
    expect(decisionAfter(...observed).ending?.type).toBe(expected);
  });

  it.each(['no-verdict', 'no-status', 'wrong-handle'] as const)('at once with %s', (meaning) => {
    expect(decisionAfter([MINUTE, failed(MINUTE, meaning as never)]).ending).toEqual({ type: meaning });
  });
});

describe('after a suspension', () => {
  const woken = (ms: number) => [LAST_POLL_AT + ms, { type: 'suspended', ms }] as const;
  const at = LAST_POLL_AT + 2 * HOUR;

  it('a poll is owed before the deadline is declared', () => {
    const { state } = decisionAfter([LAST_POLL_AT, seen(LAST_POLL_AT)], woken(2 * HOUR));
    expect(decide(state, time(), at, RULES).ending).toBeUndefined();
    expect(state).toMatchObject({ nextPollAt: at, mustPollAt: at });
  });

  it('failed polls are repeated for five seconds, then the deadline is declared', () => {
    const tries: number[] = [];
    let { state } = decisionAfter([LAST_POLL_AT, seen(LAST_POLL_AT)], woken(2 * HOUR));
    while (state.nextPollAt !== NEVER) {
      tries.push(state.nextPollAt - at);
      ({ state } = decide(state, failed(state.nextPollAt), state.nextPollAt, RULES));
    }
    expect(tries).toEqual([0, SECOND, 2 * SECOND, 3 * SECOND, 4 * SECOND]);
    expect(decide(state, time(), at + 4_999, RULES).ending).toBeUndefined();
    expect(decide(state, time(), at + 5_000, RULES).ending).toEqual({ type: 'timeout' });
  });

  it('failed polls are repeated for five seconds, then the outage budget ends', () => {
    const lostAt = MINUTE;
    const end = lostAt + 30 * MINUTE;
    let { state } = decisionAfter([lostAt, failed(lostAt)], [end + HOUR, { type: 'suspended', ms: HOUR }]);
    state = { ...state, deadlineAt: 10 * HOUR };
    const tries: number[] = [];
    for (let now = state.nextPollAt; ; now = state.nextPollAt) {
      tries.push(now - end - HOUR);
      const decision = decide(state, failed(now), now, RULES);
      if (decision.ending) {
        expect(decision.ending).toEqual({ type: 'unreachable' });
        break;
      }
      ({ state } = decision);
    }
    expect(tries).toEqual([0, 1, 2, 3, 4, 5].map((each) => each * SECOND));
  });

  it('what a poll says that began before is no verdict on the time since', () => {
    const { state } = decisionAfter([LAST_POLL_AT, seen(LAST_POLL_AT)], woken(2 * HOUR), [at, seen(LAST_POLL_AT)]);
    expect(state.nextPollAt).toBe(at);
  });
});

describe('an outage is told', () => {
  it('once when it begins, and every minute', () => {
    const first = decisionAfter([MINUTE, failed(MINUTE)]);
    expect(first.tellsUnreachable).toBe(true);
    expect(decide(first.state, failed(MINUTE + 1), MINUTE + 1, RULES).tellsUnreachable).toBe(false);
    expect(decide(first.state, time(), 2 * MINUTE - 1, RULES).tellsUnreachable).toBeUndefined();
    const second = decide(first.state, time(), 2 * MINUTE, RULES);
    expect(second.tellsUnreachable).toBe(true);
    expect(decide(second.state, time(), 3 * MINUTE - 1, RULES).tellsUnreachable).toBeUndefined();
    expect(decide(second.state, time(), 3 * MINUTE, RULES).tellsUnreachable).toBe(true);
  });

  it('never for a limit', () => {
    const { tellsUnreachable, state } = decisionAfter([MINUTE, failed(MINUTE, 'limited')]);
    expect(tellsUnreachable).toBeUndefined();
    expect(decide(state, time(), HOUR - 1, RULES).tellsUnreachable).toBeUndefined();
  });
});

describe('a clock that is set back moves a wait as a whole', () => {
  const BACK = 7 * MINUTE;
  const asleep = { type: 'suspended', ms: 18 * MINUTE } as const;

  const pasts: Readonly<Record<string, readonly (readonly [number, Observation<string>])[]>> = {
    'a wait that has just begun': [],
    'a wait that has seen the operation': [[10 * MINUTE, seen(10 * MINUTE)]],
    'an outage': [[10 * MINUTE, failed(10 * MINUTE)]],
    'a limit': [[10 * MINUTE, failed(10 * MINUTE, 'limited')]],
    'refused credentials': [[10 * MINUTE, failed(10 * MINUTE, 'refused')]],
    'an absent operation': [[10 * SECOND, failed(10 * SECOND, 'absent')]],
    'a suspension': [[20 * MINUTE, asleep]],
    'a suspension, with one poll that failed since': [
      [20 * MINUTE, asleep],
      [20 * MINUTE, failed(20 * MINUTE)],
    ],
    'a suspension in an outage': [
      [MINUTE, failed(MINUTE)],
      [20 * MINUTE, asleep],
      [20 * MINUTE, failed(20 * MINUTE)],
    ],
    'a suspension beyond the deadline': [
      [20 * MINUTE, asleep],
      [2 * HOUR, failed(2 * HOUR)],
    ],
  };
  const momentsAfter = [
    1 * SECOND,
    4 * SECOND,
    5 * SECOND,
    6 * SECOND,
    59 * SECOND,
    MINUTE,
    11 * MINUTE,
    29 * MINUTE,
    HOUR,
  ];

  /** What is decided after each of these moments, with the times counted from the clock as it is set. */
  function futureOf(state: WaitState<string>, from: number) {
    return momentsAfter.flatMap((after) => {
      const now = from + after;
      const observations: readonly Observation<string>[] = [
        time(),
        time(now - 1),
        seen(now),
        seen(from - 1),
        failed(now),
        failed(from - 1),
        failed(now, 'refused'),
        failed(now, 'absent'),
        asleep,
      ];
      return observations.map((observation) => {
        const { ending, tellsUnreachable, state: next } = decide(state, observation, now, RULES);
        const { nextPollAt, mustPollAt, deadlineAt, unreachableMs, observed } = next;
        const times = [nextPollAt, mustPollAt, deadlineAt].map((at) => at - from);
        return { ending, tellsUnreachable, times, unreachableMs, observed };
      });
    });
  }

  it.each(Object.entries(pasts))('in %s', (_, past) => {
    const { state } = decisionAfter(...past);
    const now = past.at(-1)?.[0] ?? 0;
    const setBack = decide(state, { type: 'set-back', ms: BACK }, now - BACK, RULES).state;
    expect(futureOf(setBack, now - BACK)).toEqual(futureOf(state, now));
  });
});

describe('a suspension', () => {
  it('in an outage moves the poll that the circuit breaker must let through by its length', () => {
    const { state } = decisionAfter([MINUTE, failed(MINUTE)], [20 * MINUTE, { type: 'suspended', ms: 18 * MINUTE }]);
    const before = decisionAfter([MINUTE, failed(MINUTE)]).state;
    expect(state.mustPollAt).toBe(before.mustPollAt + 18 * MINUTE);
  });

  it('without an outage does not move it', () => {
    const { state } = decisionAfter([20 * MINUTE, { type: 'suspended', ms: 18 * MINUTE }]);
    expect(state.mustPollAt).toBe(LAST_POLL_AT);
  });

  it('moves it no further than shortly before the deadline, or to now', () => {
    const late = decisionAfter([MINUTE, failed(MINUTE)], [50 * MINUTE, { type: 'suspended', ms: 48 * MINUTE }]);
    expect(late.state.mustPollAt).toBe(LAST_POLL_AT);
    const later = decisionAfter([2 * HOUR, { type: 'suspended', ms: HOUR }]);
    expect(later.state.mustPollAt).toBe(2 * HOUR);
  });
});

it('counts the good polls that found it running', () => {
  const { state } = decisionAfter(
    [MINUTE, seen(MINUTE)],
    [2 * MINUTE, failed(2 * MINUTE)],
    [3 * MINUTE, seen(3 * MINUTE)],
  );
  expect(state.runningPolls).toBe(2);
});

it('a decision changes no state', () => {
  const frozen = Object.freeze({
    ...BEGUN,
    failures: Object.freeze({ ...decisionAfter([1, failed(1)]).state.failures }) as never,
  });
  for (const observation of [
    seen(MINUTE),
    failed(MINUTE),
    time(),
    { type: 'suspended', ms: 1 },
    { type: 'set-back', ms: 1 },
  ] as const) {
    expect(() => decide(frozen, observation, MINUTE, RULES)).not.toThrow();
  }
});
