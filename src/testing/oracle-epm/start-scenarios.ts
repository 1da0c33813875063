import type { OracleEpmScenario } from './scenario.ts';

/** What can be odd about the start call and its answer. */
export const startScenarios = {
  'restore-succeeds': {
    description: 'A restore of one minute that succeeds, as in the vendor’s samples.',
  },
  'accepted-with-202': {
    description: 'The start is answered with 202; the code is not documented.',
    start: { httpStatus: 202 },
  },
  'done-at-once': {
    description: 'The start answer already says 0.',
    traps: ['OE-2'],
    start: { atOnce: { status: 0 } },
  },
  'refused-in-a-200': {
    description: 'The start answer has HTTP 200 and a positive status; nothing was started.',
    traps: ['OE-1'],
    start: { atOnce: { status: 1, details: 'The service is not in a state to be restored' } },
  },
  'self-link-first': {
    description: 'A self link comes before the status link, each with a leading space.',
    traps: ['OE-4', 'OE-6'],
    start: { links: 'self-first', hrefLead: ' ' },
  },
  'only-a-self-link': {
    description: 'Started, and no link to follow: only self.',
    traps: ['OE-4'],
    inSpec: false,
    start: { links: 'self-only' },
  },
  'no-link-at-all': {
    description: 'Started, and links is null in the start answer too.',
    traps: ['OE-3', 'OE-4'],
    inSpec: false,
    start: { links: 'none' },
  },
  'odd-rel': {
    description: 'The status link is named with other case and spaces.',
    traps: ['OE-4'],
    start: { links: 'self-first', rel: ' job status ' },
  },
  'foreign-link-host': {
    description: 'The status link names a host that the caller does not use.',
    traps: ['OE-5'],
    start: { hrefBase: 'https://epm-internal.invalid' },
  },
  'dirty-href': {
    description: 'The status link has a leading space, the scheme http, and a prefix in its path.',
    traps: ['OE-5', 'OE-6'],
    start: { hrefLead: ' ', hrefBase: 'http://epm-internal.invalid/gateway' },
  },
  'status-link-ends-in-a-space': {
    description: 'The status link ends in an escaped space.',
    traps: ['OE-6'],
    start: { hrefTail: '%20' },
  },
  'status-link-ends-in-a-no-break-space': {
    description: 'The status link ends in an escaped no-break space.',
    traps: ['OE-6'],
    start: { hrefTail: '%C2%A0' },
  },
  'start-answered-with-deep-json': {
    description: 'The restore runs, and its start is answered by JSON that is nested 100,000 deep.',
    traps: ['OE-26'],
    inSpec: false,
    faults: { deepJson: true },
  },
  'start-commits-late': {
    description: 'A gateway answers the start with 504, and the restore begins 75 s later.',
    traps: ['OE-26'],
    inSpec: false,
    faults: { lateCommit: true },
  },
  'status-link-says-post': {
    description: 'The status link claims POST; a POST to it is answered 405.',
    traps: ['OE-7'],
    start: { action: 'POST' },
  },
  'long-job-id': {
    description: 'A job id of 17 digits; the number that it rounds to is not known (404).',
    traps: ['OE-9'],
    firstJobId: '81960945213340578',
  },
  'behind-a-gateway': {
    description: 'The API lives under /epm, and its links name the host behind the gateway.',
    traps: ['OE-5', 'OE-24'],
    gatewayPrefix: '/epm',
    start: { hrefBase: 'https://epm-internal.invalid' },
  },
  'base-url-with-epmcloud': {
    description: 'Under /epmcloud there is nothing: 404, as always.',
    traps: ['OE-24'],
  },
  'release-without-restore': {
    description: 'The environment is older than the restore call: 404 on the start.',
    traps: ['OE-25'],
    faults: { withoutRestore: true },
  },
  'content-type-required': {
    description: 'A POST without a content type is answered 415, as always.',
    traps: ['OE-29'],
  },
  'flags-are-read-strictly': {
    description: 'Flags beside backupName are not read, and "True" is answered 400.',
    traps: ['OE-13', 'OE-14', 'OE-15'],
    strictFlags: true,
  },
  'flags-in-any-case': {
    description: 'Flags are read in any casing.',
    traps: ['OE-15'],
    strictFlags: false,
  },
  'wrong-backup-in-the-answer': {
    description: 'A snapshot or an unknown name is refused by a positive status in the start answer.',
    traps: ['OE-16', 'OE-18'],
    wrongBackup: 'positive-status',
  },
  'wrong-backup-in-the-job': {
    description: 'A snapshot or an unknown name is accepted, and its job fails.',
    traps: ['OE-16', 'OE-18'],
    wrongBackup: 'failing-job',
  },
  'wrong-backup-in-a-400': {
    description: 'A snapshot or an unknown name is answered 400.',
    traps: ['OE-16', 'OE-18'],
    wrongBackup: 'http-400',
  },
  'lost-start-answer': {
    description: 'The restore is started, and the connection is cut before the answer.',
    traps: ['OE-26'],
    inSpec: false,
    faults: { loseStartResponse: true },
  },
  'start-answered-503': {
    description: 'A gateway answers the start with 503, and it was not carried out.',
    traps: ['OE-20', 'OE-26'],
    faults: { refuseStart: { status: 503, body: '<html>Down</html>', headers: { 'content-type': 'text/html' } } },
  },
  'second-start-refused': {
    description: 'While a restore runs, another start is refused by a positive status.',
    traps: ['OE-26'],
    secondStart: 'positive-status',
  },
} as const satisfies Record<string, OracleEpmScenario>;
