import * as fc from 'fast-check';
import { veeamM365Emulator } from '../../../../src/testing/veeam-m365/emulator.ts';
import type { VeeamM365Scenario } from '../../../../src/testing/veeam-m365/scenario.ts';
import { VeeamM365V5Client, VeeamM365V6Client, veeamPassword } from '../../../../src/veeam-m365/index.ts';
import type { Arena } from '../arena.ts';
import { refuses, spanOf, wireOf } from '../facts.ts';
import { HOUR, logUniform, MINUTE, SECOND, seldom } from '../times.ts';

const BASE = 'https://veeam.example.org:4443';

const extra = fc.record({
  on: fc.constantFrom('organization', 'job' as const),
  token: fc.record({
    lifeSeconds: logUniform(60, 3_600),
    uses: seldom(fc.integer({ min: 3, max: 40 })),
    refresh: fc.constantFrom('one-use', 'reusable', 'refused' as const),
    refreshLifeSeconds: logUniform(60, 100_000),
    refusal: fc.constantFrom('by-version', 'oauth', 'message' as const),
  }),
  unauthorizedBody: fc.constantFrom('message', 'empty' as const),
  expireTokens: seldom(fc.record({ atPoll: fc.integer({ min: 1, max: 12 }), refreshTokens: fc.boolean() })),
  notFoundPolls: seldom(fc.integer({ min: 1, max: 8 })),
  startingMs: logUniform(1, 5 * MINUTE),
  oddState: seldom(fc.constantFrom('Creating', 'STOPPING', 'stop', 'Finished', 'Success')),
  endTime: fc.constantFrom('by-version', 'creation-time', 'sentinel', 'null', 'absent' as const),
  details: seldom(fc.constantFrom('A mailbox was skipped.', '')),
  earlierSessions: fc.integer({ min: 0, max: 60 }),
  listOrder: fc.constantFrom('newest-first', 'oldest-first' as const),
  totalCount: fc.constantFrom('number', 'null', 'absent' as const),
  linkOrigin: fc.constantFrom(undefined, 'https://veeam-internal.invalid:4443'),
});

type Extra = typeof extra extends fc.Arbitrary<infer T> ? T : never;

const RESULTS = { succeeded: 'Success', partial: 'Warning', failed: 'Failed' } as const;

function veeamM365(version: 'v5' | 'v6'): Arena<Extra> {
  return {
    name: `veeam-${version}`,
    truths: ['succeeded', 'partial', 'failed'],
    origin: BASE,
    extra,
    isStart: (method, path) => method === 'POST' && /\/(organizations|jobs)\/[^/]+\/(action|explore)$/i.test(path),
    open(schedule, clock, clientClock) {
      const { durationMs, truth, requestTimeoutMs, extra: own } = schedule;
      const wire = wireOf(schedule);
      const { uses, ...token } = own.token;
      const scenario: VeeamM365Scenario = {
        ...(truth === 'never' ? {} : { durationMs }),
        ...(truth === 'never' || truth === 'canceled' ? {} : { result: RESULTS[truth] }),
        ...(own.details === undefined ? {} : { details: own.details }),
        ...(own.oddState === undefined ? {} : { oddStates: [{ fromPoll: 2, toPoll: 4, state: own.oddState }] }),
        ...(own.linkOrigin === undefined ? {} : { linkOrigin: own.linkOrigin }),
        startingMs: own.startingMs,
        endTime: own.endTime,
        earlierSessions: own.earlierSessions,
        listOrder: own.listOrder,
        totalCount: own.totalCount,
        unauthorizedBody: own.unauthorizedBody,
        token: { ...token, ...(uses === undefined ? {} : { uses }) },
        faults: {
          wire,
          ...(own.expireTokens ? { expireTokens: own.expireTokens } : {}),
          ...(own.notFoundPolls === undefined ? {} : { notFoundPolls: own.notFoundPolls }),
        },
      };
      const emulator = veeamM365Emulator({ clock, scenario });
      return {
        emulator,
        connect: (fetch, baseUrl = BASE) => {
          const options = {
            baseUrl,
            auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
            fetch,
            clock: clientClock,
            ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
          };
          const client = version === 'v5' ? new VeeamM365V5Client(options) : new VeeamM365V6Client(options);
          const input = { dateTime: new Date(clock.now() - SECOND), type: 'vex' } as const;
          return {
            start: () =>
              own.on === 'job'
                ? client.jobs.explore(emulator.jobIds[0], input)
                : client.organizations.explore(emulator.organizationId, input),
            resume: (handle) => client.resume(handle),
          };
        },
        endsAfterMs: truth === 'never' ? Number.POSITIVE_INFINITY : durationMs,
        toleranceMs: HOUR / 2,
        mayLoseAccess:
          refuses(schedule.wire, [400, 401, 403, 404]) ||
          own.notFoundPolls !== undefined ||
          // A token that dies right after it has replaced another is two 401s to one poll.
          (own.expireTokens !== undefined && uses !== undefined),
        tellsEndAtOnce: own.oddState === undefined && own.notFoundPolls === undefined,
        darkUntilMs: spanOf(wire),
      };
    },
  };
}

export const veeamV5 = veeamM365('v5');
export const veeamV6 = veeamM365('v6');
