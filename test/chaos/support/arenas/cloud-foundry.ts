import * as fc from 'fast-check';
import { CloudFoundryClient, uaaClientCredentials, uaaPassword } from '../../../../src/cloud-foundry/index.ts';
import { cloudFoundryEmulator } from '../../../../src/testing/cloud-foundry/emulator.ts';
import type { CloudFoundryScenario } from '../../../../src/testing/cloud-foundry/scenario.ts';
import type { Arena } from '../arena.ts';
import { refuses, spanOf, wireOf } from '../facts.ts';
import { HOUR, logUniform, MINUTE, SECOND, seldom } from '../times.ts';

const BASE = 'https://api.example.org';
const INSTANCE = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';

const extra = fc.record({
  auth: fc.constantFrom('password', 'client' as const),
  tokens: fc.record({
    lifeMs: logUniform(MINUTE, HOUR),
    lifePolls: seldom(fc.integer({ min: 1, max: 20 })),
    refresh: fc.constantFrom('rotating', 'lasting' as const),
    refreshLifeMs: logUniform(MINUTE, 100 * HOUR),
  }),
  location: fc.constantFrom('absolute', 'relative', 'with-query' as const),
  externalOrigin: fc.constantFrom(undefined, 'https://elsewhere.invalid', 'http://elsewhere.invalid/api'),
  acceptedBody: fc.constantFrom(undefined, '{}', '<html>'),
  guid: fc.constantFrom('uuid', 'korifi' as const),
  isSparse: fc.boolean(),
  retryAfter: seldom(fc.constantFrom('1', '60', '999999999', 'soon', '-1')),
  errors: fc.constantFrom(undefined, 'absent' as const),
  runningErrors: fc.boolean(),
  strayState: seldom(fc.constantFrom('RUNNING', 'complete', 'COMPLETED', '', undefined)),
  lastOperation: fc.constantFrom('follows', 'unchanged', 'initial', 'null-description', 'empty', 'foreign' as const),
  staysInProgress: fc.boolean(),
  jobHiddenForPolls: seldom(fc.integer({ min: 1, max: 8 })),
  refuseGrants: seldom(
    fc.record({ fromMs: logUniform(SECOND, HOUR), forMs: logUniform(SECOND, HOUR), refreshOnly: fc.boolean() }),
  ),
  rateLimit: seldom(
    fc.record({
      fromMs: logUniform(SECOND, HOUR),
      forMs: logUniform(SECOND, 2 * HOUR),
      tell: fc.constantFrom('retry-after-seconds', 'retry-after-date', 'reset', 'nothing' as const),
    }),
  ),
});

type Extra = typeof extra extends fc.Arbitrary<infer T> ? T : never;

export const cloudFoundry: Arena<Extra> = {
  name: 'cloud-foundry',
  truths: ['succeeded', 'failed'],
  origin: BASE,
  extra,
  isStart: (method, path) => method === 'POST' && path.endsWith('/actions/restore'),
  open(schedule, clock, clientClock) {
    const { durationMs, truth, requestTimeoutMs, extra: own } = schedule;
    const wire = wireOf(schedule);
    const { lifePolls, ...tokens } = own.tokens;
    const window = (given: { fromMs: number; forMs: number }) => ({
      fromMs: given.fromMs,
      toMs: given.fromMs + given.forMs,
    });
    const refuse = own.refuseGrants && {
      ...window(own.refuseGrants),
      grants: own.refuseGrants.refreshOnly
        ? (['refresh_token'] as const)
        : (['password', 'client_credentials', 'refresh_token'] as const),
    };
    const limit = own.rateLimit && { ...window(own.rateLimit), tell: own.rateLimit.tell };
    const scenario: CloudFoundryScenario = {
      durationMs,
      ending: truth === 'never' ? 'never' : truth === 'succeeded' ? 'complete' : 'failed',
      location: own.location,
      lastOperation: own.lastOperation,
      staysInProgress: own.staysInProgress,
      tokens: { ...tokens, ...(lifePolls === undefined ? {} : { lifePolls }) },
      job: {
        guid: own.guid,
        isSparse: own.isSparse,
        ...(own.retryAfter === undefined ? {} : { retryAfter: own.retryAfter }),
        ...(own.runningErrors
          ? { runningErrors: [{ code: 10009, title: 'CF-Earlier', detail: 'an earlier attempt' }] }
          : {}),
        ...(own.strayState === undefined ? {} : { strayStates: [{ fromPoll: 1, toPoll: 2, state: own.strayState }] }),
      },
      ...(own.acceptedBody === undefined ? {} : { acceptedBody: own.acceptedBody }),
      ...(own.externalOrigin === undefined ? {} : { externalOrigin: own.externalOrigin }),
      ...(own.errors === undefined ? {} : { errors: own.errors }),
      faults: {
        wire,
        ...(own.jobHiddenForPolls === undefined ? {} : { jobHiddenForPolls: own.jobHiddenForPolls }),
        ...(refuse ? { refuseGrants: refuse } : {}),
        ...(limit ? { rateLimit: limit } : {}),
      },
    };
    const emulator = cloudFoundryEmulator({ clock, scenario });
    return {
      emulator,
      connect: (fetch, baseUrl = BASE) => {
        const client = new CloudFoundryClient({
          baseUrl,
          auth:
            own.auth === 'password'
              ? uaaPassword({ username: 'admin', password: 'secret' })
              : uaaClientCredentials({ clientId: 'restorekit-ci', clientSecret: 'client-secret' }),
          fetch,
          clock: clientClock,
          ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
        });
        return {
          start: () => client.serviceInstances.restore({ into: INSTANCE, from: 'server-default' }),
          resume: (handle) => client.resume(handle),
        };
      },
      endsAfterMs: truth === 'never' ? Number.POSITIVE_INFINITY : durationMs,
      toleranceMs: HOUR / 2,
      mayLoseAccess:
        refuses(schedule.wire, [400, 401, 403, 404]) || refuse !== undefined || own.jobHiddenForPolls !== undefined,
      tellsEndAtOnce: own.strayState === undefined && own.jobHiddenForPolls === undefined && limit === undefined,
      darkUntilMs: Math.max(refuse?.toMs ?? 0, limit?.toMs ?? 0, spanOf(wire)),
    };
  },
};
