import * as fc from 'fast-check';
import { basicAuth, bearerToken, DocSpaceClient, docspaceApiKey } from '../../../../src/docspace/index.ts';
import { docspaceEmulator } from '../../../../src/testing/docspace/emulator.ts';
import type { DocSpaceScenario } from '../../../../src/testing/docspace/scenario.ts';
import type { Arena } from '../arena.ts';
import { refuses, spanOf, wireOf } from '../facts.ts';
import { HOUR, logUniform, MINUTE, SECOND, seldom } from '../times.ts';

const BASE = 'https://portal.example.com';
const BACKUP = '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11';
const NEW_PASSWORD = 'chosen-after-the-restore';

const extra = fc.record({
  auth: fc.constantFrom('key', 'password', 'token' as const),
  server: fc.constantFrom('3.0', '3.6', '3.7' as const),
  atPercent: fc.integer({ min: 10, max: 95 }),
  error: fc.constantFrom(undefined, '', 'The backup file is invalid.'),
  warning: seldom(fc.constant('Some rooms were skipped.')),
  lingerMs: fc.oneof(fc.constant(0), logUniform(SECOND, 10 * MINUTE)),
  lateStatus: fc.boolean(),
  noErrorAs: fc.constantFrom('empty', 'null', 'absent', 'whitespace' as const),
  // Together with a late start less than the minutes of silence after which nothing counts as started.
  visibleAfterMs: fc.oneof(fc.constant(0), logUniform(SECOND, 20 * SECOND)),
  swapGap: seldom(
    fc.record({ kind: fc.constantFrom('not-found', 'no-response' as const), ms: logUniform(SECOND, HOUR) }),
  ),
  locksAtPercent: fc.constantFrom(0, 10, 50),
  unlocksAt: fc.constantFrom('swap', 'end' as const),
  earlier: seldom(fc.constantFrom('succeeded', 'failed' as const)),
  progressAccess: fc.oneof(
    { weight: 5, arbitrary: fc.constant('anonymous' as const) },
    { weight: 1, arbitrary: fc.constant('authenticated' as const) },
  ),
  expireTokensAtMs: seldom(logUniform(SECOND, HOUR)),
  shortCircuitBody: fc.constantFrom('problem', 'empty' as const),
});

type Extra = typeof extra extends fc.Arbitrary<infer T> ? T : never;

export const docspace: Arena<Extra> = {
  name: 'docspace',
  truths: ['succeeded', 'failed', 'canceled'],
  origin: BASE,
  extra,
  isStart: (method, path) => method === 'POST' && path.endsWith('/startrestore'),
  open(schedule, clock, clientClock) {
    const { durationMs, truth, requestTimeoutMs, extra: own } = schedule;
    const wire = wireOf(schedule);
    const atPercent = truth === 'succeeded' ? 100 : own.atPercent;
    const ended = truth === 'succeeded' || truth === 'failed' || truth === 'canceled';
    const scenario: DocSpaceScenario = {
      durationMs,
      // Servers before 3.7 have no word for canceled.
      server: truth === 'canceled' ? '3.7' : own.server,
      end: {
        truth: truth === 'partial' ? 'failed' : truth,
        atPercent,
        lingerMs: own.lingerMs,
        ...(truth === 'failed' && own.error !== undefined ? { error: own.error } : {}),
        ...(own.warning === undefined ? {} : { warning: own.warning }),
      },
      noErrorAs: own.noErrorAs,
      visibleAfterMs: own.visibleAfterMs,
      locksAtPercent: own.locksAtPercent,
      unlocksAt: own.unlocksAt,
      progressAccess: own.progressAccess,
      shortCircuitBody: own.shortCircuitBody,
      ...(own.swapGap ? { swapGap: own.swapGap } : {}),
      ...(own.earlier ? { earlierRestore: { agoMs: HOUR, durationMs: MINUTE, end: { truth: own.earlier } } } : {}),
      faults: {
        wire,
        lateStatus: own.lateStatus,
        ...(own.expireTokensAtMs === undefined ? {} : { expireTokens: { atMs: own.expireTokensAtMs } }),
      },
    };
    const emulator = docspaceEmulator({ clock, scenario });
    const { apiKey, userName, password, sessionToken } = emulator.credentials;
    const credentials = {
      key: docspaceApiKey(apiKey),
      password: basicAuth({ username: userName, password }),
      token: bearerToken(sessionToken),
    };
    let auth = credentials[own.auth];
    const endsAfterMs = (durationMs * atPercent) / 100 + own.lingerMs;
    const gapEndsMs = own.swapGap ? 0.75 * durationMs + own.swapGap.ms : 0;
    // Of a portal that insists on credentials, nothing is seen once they are dead.
    const isBlind = own.progressAccess === 'authenticated';
    return {
      emulator,
      connect: (fetch, baseUrl = BASE) => {
        const client = new DocSpaceClient({
          baseUrl,
          auth,
          fetch,
          clock: clientClock,
          ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
        });
        return {
          start: () => client.portal.restore({ backupId: BACKUP, notify: false }),
          resume: (handle) => client.resume(handle),
        };
      },
      renewAccess: () => {
        emulator.resetPassword(NEW_PASSWORD);
        auth = basicAuth({ username: userName, password: NEW_PASSWORD });
      },
      endsAfterMs: ended ? endsAfterMs : Number.POSITIVE_INFINITY,
      toleranceMs: 2 * HOUR,
      mayLoseAccess: false,
      // An end below 100 % is asked for twice, since the status may lag.
      tellsEndAtOnce: truth === 'succeeded',
      darkUntilMs: isBlind
        ? Number.POSITIVE_INFINITY
        : Math.max(spanOf(wire), own.visibleAfterMs, gapEndsMs, refuses(schedule.wire, [401]) ? spanOf(wire) : 0),
    };
  },
};
