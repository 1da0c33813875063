import * as fc from 'fast-check';
import { basicAuth, bearerToken, OracleEpmClient } from '../../../../src/oracle-epm/index.ts';
import { oracleEpmEmulator } from '../../../../src/testing/oracle-epm/emulator.ts';
import type { OracleEpmScenario } from '../../../../src/testing/oracle-epm/scenario.ts';
import type { Arena } from '../arena.ts';
import { refuses, spanOf, wireOf } from '../facts.ts';
import { HOUR, logUniform, MINUTE, SECOND, seldom } from '../times.ts';

const BASE = 'https://epm-acme.example.com';
const BACKUP = '2026-04-23T08:48:06/Environment_Backup';
const TOKENS = Array.from({ length: 4_000 }, (_, index) => `token-number-${index}`);

const extra = fc.record({
  auth: fc.constantFrom('basic', 'bearer' as const),
  bearerLifeUses: seldom(fc.integer({ min: 4, max: 40 })),
  failureCode: fc.integer({ min: 1, max: 9 }),
  statusForm: fc.constantFrom('integer', 'string' as const),
  start: fc.record({
    httpStatus: fc.constantFrom(200, 202 as const),
    links: fc.constantFrom('job-status', 'self-first' as const),
    hrefBase: fc.constantFrom(BASE, 'https://epm-internal.invalid', 'http://epm-internal.invalid/gateway'),
  }),
  shape: fc.constantFrom('one-key', 'several-keys', 'with-empty-object', 'null', 'absent' as const),
  deny: seldom(
    fc.record({
      status: fc.constantFrom(401, 403 as const),
      fromMs: logUniform(SECOND, HOUR),
      forMs: logUniform(SECOND, HOUR),
    }),
  ),
  oddStatus: seldom(
    fc.record({
      fromPoll: fc.integer({ min: 1, max: 5 }),
      count: fc.integer({ min: 1, max: 4 }),
      value: fc.constantFrom('', ' ', null, 'Processing', -2, 0.5, true, undefined),
    }),
  ),
});

type Extra = typeof extra extends fc.Arbitrary<infer T> ? T : never;

export const oracleEpm: Arena<Extra> = {
  name: 'oracle-epm',
  truths: ['succeeded', 'failed'],
  origin: BASE,
  extra,
  isStart: (method, path) => method === 'POST' && path.endsWith('/restoreenvironment'),
  open(schedule, clock, clientClock) {
    const { durationMs, truth, requestTimeoutMs, extra: own } = schedule;
    const wire = wireOf(schedule);
    const deny = own.deny && {
      status: own.deny.status,
      fromMs: own.deny.fromMs,
      toMs: own.deny.fromMs + own.deny.forMs,
    };
    const odd = own.oddStatus;
    const scenario: OracleEpmScenario = {
      durationMs,
      ending: truth === 'never' ? 'never' : { status: truth === 'succeeded' ? 0 : own.failureCode },
      statusForm: own.statusForm,
      start: own.start,
      steps: { shape: own.shape },
      faults: {
        wire,
        ...(own.bearerLifeUses === undefined ? {} : { bearerLifeUses: own.bearerLifeUses }),
        ...(deny ? { deny } : {}),
        ...(odd
          ? {
              oddStatus: [{ fromPoll: odd.fromPoll, toPoll: odd.fromPoll + odd.count - 1, value: odd.value as string }],
            }
          : {}),
      },
    };
    const emulator = oracleEpmEmulator({ clock, scenario, bearerTokens: TOKENS });
    let issued = 0;
    // A vault, whose lease gives another token each time.
    const vault = () => TOKENS[Math.min(issued++, TOKENS.length - 1)] ?? '';
    return {
      emulator,
      connect: (fetch, baseUrl = BASE) => {
        const client = new OracleEpmClient({
          baseUrl,
          auth: own.auth === 'basic' ? basicAuth({ username: 'admin', password: 'secret' }) : bearerToken(vault),
          fetch,
          clock: clientClock,
          ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
        });
        return {
          start: () => client.environment.restore({ backupName: BACKUP }),
          resume: (handle) => client.resume(handle),
        };
      },
      endsAfterMs: truth === 'never' ? Number.POSITIVE_INFINITY : durationMs,
      toleranceMs: 2 * HOUR,
      mayLoseAccess: refuses(schedule.wire, [401, 404]) || deny?.status === 401,
      tellsEndAtOnce: odd === undefined,
      darkUntilMs: Math.max(deny?.toMs ?? 0, odd ? odd.count * 15 * MINUTE : 0, spanOf(wire)),
    };
  },
};
