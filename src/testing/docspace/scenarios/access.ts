import type { DocSpaceScenario } from '../scenario.ts';

/** Who has access, and until when. */
export const accessScenarios = {
  'key-dies-at-the-swap': {
    description: 'From 75 % on, the progress call is 403 with the API key and 200 without.',
    traps: ['DS-1', 'DS-13'],
  },
  'progress-needs-authentication': {
    description: 'The progress call is no longer anonymous, and the credentials outlive the restore.',
    traps: ['DS-2'],
    progressAccess: 'authenticated',
    credentialsSurvive: true,
  },
  'progress-needs-authentication-and-keys-die': {
    description: 'The progress call is no longer anonymous, and from 75 % on nothing opens it: the end cannot be seen.',
    traps: ['DS-1', 'DS-2', 'DS-13'],
    progressAccess: 'authenticated',
  },
  'second-factor': {
    description: 'A login with a password needs a code of an authenticator app.',
    secondFactor: 'app',
  },
  'second-factor-after-a-restore': {
    description: 'A quick restore that the credentials outlive; a login then needs a code of an authenticator app.',
    durationMs: 50,
    credentialsSurvive: true,
    secondFactor: 'app',
  },
  'second-factor-by-sms': {
    description: 'A login with a password needs a code that is sent to a phone.',
    secondFactor: 'sms',
  },
  'locked-portal': {
    description: 'A restore of ten minutes: from 10 % on, every call is 403 but a handful, the login included.',
    traps: ['DS-12'],
    durationMs: 10 * 60_000,
  },
  'locked-portal-with-empty-answers': {
    description: 'As locked-portal, and the 403 has no body.',
    traps: ['DS-12', 'DS-18'],
    durationMs: 10 * 60_000,
    shortCircuitBody: 'empty',
  },
  'unlocked-at-the-swap': {
    description: 'The new tenant is Active from 75 % on although the restore still runs.',
    traps: ['DS-8', 'DS-12'],
    unlocksAt: 'swap',
  },
  'credentials-die-at-the-end': {
    description: 'After a quick restore the cookie is 401, the key 403, the password wrong, and every id another.',
    traps: ['DS-13', 'DS-14'],
    durationMs: 50,
  },
  'new-keys-are-limited': {
    description: 'The sixth new API key within 15 minutes is an empty 429.',
    traps: ['DS-15', 'DS-21'],
  },
  'raw-key-is-refused': {
    description: '`Authorization: sk-...` and the header `ApiKeyBearer` are 401; only `Bearer sk-...` is a key.',
    traps: ['DS-16', 'DS-18'],
  },
  'stale-cookie-is-cleared': {
    description: 'With a dead cookie the progress call is 200 and takes the cookie away.',
    traps: ['DS-13', 'DS-30'],
  },
  'session-expires-halfway': {
    description: 'Half way through, every token and key that was issued before is refused.',
    traps: ['DS-13'],
    faults: { expireTokens: { atMs: 30_000 } },
  },
  'unpaid-portal': {
    description: 'The portal is not paid: the start is 402, the progress call is not.',
    traps: ['DS-18'],
    plan: 'unpaid',
  },
  'plan-without-restore': {
    description:
      'The pricing plan has no restore, no free backup and no schedule: their calls are 402 in an error envelope.',
    traps: ['DS-17', 'DS-20'],
    plan: 'without-restore',
  },
  'restore-is-hidden': {
    description: "The server's settings hide the restore: the start is 403 in an error envelope.",
    traps: ['DS-17'],
    hidesRestore: true,
  },
  'restore-is-hidden-on-3-6': {
    description: "An older server's settings hide the restore: the start is 402 in an error envelope.",
    traps: ['DS-17', 'DS-27'],
    server: '3.6',
    hidesRestore: true,
  },
  'scoped-key': {
    description: 'An API key with the scope `files:write` is not let to start a restore.',
    traps: ['DS-18'],
    keyPermissions: ['files:write'],
  },
  'read-only-key': {
    description: 'An API key with the scope `*:read` sees the progress and starts nothing.',
    traps: ['DS-18'],
    keyPermissions: ['*:read'],
  },
  'room-admin': {
    description: 'A room admin is refused with "Access denied" in an error envelope.',
    traps: ['DS-17', 'DS-20'],
    role: 'room-admin',
  },
} as const satisfies Record<string, DocSpaceScenario>;
