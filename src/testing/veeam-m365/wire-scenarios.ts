import type { VeeamM365Scenario } from './scenario.ts';

/** Links, pages, tokens, errors and outages. */
export const wireScenarios = {
  'internal-host-in-links': {
    description: 'The links of v5 name a host that only the server knows.',
    traps: ['VM-20'],
    linkOrigin: 'https://vb365.corp.internal:4443',
  },
  'thirty-one-sessions': {
    description: 'Thirty sessions of before come first in the list, so that a new one is on the second page.',
    traps: ['VM-23'],
    earlierSessions: 30,
    listOrder: 'oldest-first',
  },
  'twelve-hundred-sessions': {
    description: 'There are 1,200 sessions of before, the oldest first.',
    traps: ['VM-23'],
    earlierSessions: 1_200,
    listOrder: 'oldest-first',
  },
  'start-lost-among-many': {
    description: 'The answer that names the session is lost, and 1,200 sessions of before come first in the list.',
    traps: ['VM-19', 'VM-23'],
    earlierSessions: 1_200,
    listOrder: 'oldest-first',
    faults: { loseStartResponse: true },
  },
  'slow-pages': {
    description: 'A page of mailboxes takes 45 s.',
    traps: ['VM-11'],
    mailboxCount: 61,
    browsingMs: 45_000,
  },
  'capital-message': {
    description: 'Errors have their text in Message.',
    traps: ['VM-24'],
    errorMember: 'Message',
  },
  'sixty-one-mailboxes': {
    description: 'The mailboxes fill two pages, and the last one is on a third.',
    traps: ['VM-23'],
    mailboxCount: 61,
  },
  'total-count-null': {
    description: 'Pages of v6 have null for their total count.',
    traps: ['VM-23'],
    totalCount: 'null',
    earlierSessions: 31,
  },
  'total-count-absent': {
    description: 'Pages of v6 have no total count, as in v8.',
    traps: ['VM-23'],
    totalCount: 'absent',
    earlierSessions: 31,
  },
  'looping-next': {
    description: 'The next page of every page is the page itself.',
    traps: ['VM-23'],
    earlierSessions: 31,
    faults: { loopingNext: true },
  },
  'empty-unauthorized': {
    description: 'Tokens live for a minute, and a 401 has no body.',
    traps: ['VM-24'],
    token: { lifeSeconds: 60 },
    unauthorizedBody: 'empty',
  },
  'refusal-as-a-message': {
    description: 'A refused login is answered by 400 and { message } in both versions.',
    traps: ['VM-25'],
    token: { refusal: 'message' },
  },
  'refusal-as-oauth': {
    description: 'A refused login is answered by 400 and { error, error_description } in both versions.',
    traps: ['VM-25'],
    token: { refusal: 'oauth' },
  },
  'tokens-of-a-minute': {
    description: 'Access tokens live for a minute, and a refresh token is good for one use.',
    traps: ['VM-26'],
    token: { lifeSeconds: 60 },
  },
  'refresh-refused': {
    description: 'Access tokens live for a minute, and no refresh is accepted.',
    traps: ['VM-25', 'VM-26'],
    token: { lifeSeconds: 60, refresh: 'refused' },
  },
  'tokens-of-five-calls': {
    description: 'An access token is good for five calls, whatever life it was promised.',
    traps: ['VM-26'],
    token: { uses: 5 },
  },
  'tokens-die-at-the-third-poll': {
    description: 'All access tokens die when the third status request comes.',
    traps: ['VM-12', 'VM-26'],
    faults: { expireTokens: { atPoll: 3 } },
  },
  'tokens-and-refresh-tokens-die': {
    description: 'All access and refresh tokens die half a minute after the session was opened.',
    traps: ['VM-12', 'VM-26'],
    faults: { expireTokens: { atMs: 30_000, refreshTokens: true } },
  },
  'secrets-echoed': {
    description: 'Every restore is refused, and the message quotes the request with its passwords.',
    traps: ['VM-30'],
    faults: { echoRequestBody: ['restore'] },
  },
  'login-echoed': {
    description: 'Every login is refused, and the message quotes the form with its password.',
    traps: ['VM-30'],
    faults: { echoRequestBody: ['token'] },
  },
  'v5-only': { description: 'The server is too old for v6.', traps: ['VM-5'], versions: ['v5'] },
  'v6-only': { description: 'The server has no v5 any more.', traps: ['VM-5'], versions: ['v6'] },
  'outage-of-a-minute': {
    description: 'Connections are cut for a minute, half a minute after the session was opened.',
    faults: { outage: { fromMs: 30_000, toMs: 90_000 } },
  },
  'pages-for-people': {
    description: 'From the second status request to the fourth everything is a maintenance page with 503.',
    inSpec: false,
    faults: { outage: { fromPoll: 2, toPoll: 4, kind: 'unavailable' } },
  },
} as const satisfies Record<string, VeeamM365Scenario>;
