import type { VeeamM365Scenario } from './scenario.ts';

/** How sessions start, live and end. */
export const sessionScenarios = {
  'session-until-stopped': {
    description: 'A session lasts until it is stopped, and restores in it take a minute.',
    traps: ['VM-1', 'VM-2', 'VM-3', 'VM-4', 'VM-5', 'VM-10', 'VM-16', 'VM-19', 'VM-21', 'VM-22', 'VM-25'],
  },
  'ends-by-itself': {
    description: 'The session stops after a minute, without anybody stopping it.',
    traps: ['VM-16', 'VM-17'],
    durationMs: 60_000,
  },
  'success-while-working-then-failed': {
    description: 'The result is Success as long as the session lives, and Failed once it has stopped.',
    traps: ['VM-2'],
    durationMs: 60_000,
    result: 'Failed',
    details: 'The restore session has failed.',
  },
  'success-while-working-then-warning': {
    description: 'The result is Success as long as the session lives, and Warning once it has stopped.',
    traps: ['VM-2'],
    durationMs: 60_000,
    result: 'Warning',
  },
  'stopped-with-result-null': {
    description: 'The session stops after a minute, and its result is then null.',
    traps: ['VM-2'],
    inSpec: false,
    durationMs: 60_000,
    result: 'null',
  },
  'stopped-without-result': {
    description: 'The session stops after a minute, and has no result any more.',
    traps: ['VM-2'],
    inSpec: false,
    durationMs: 60_000,
    result: 'absent',
  },
  'stopped-with-a-new-word': {
    description: 'The session stops after a minute, and its result is a word that nobody documents.',
    traps: ['VM-2'],
    durationMs: 60_000,
    result: 'Cancelled',
  },
  'session-without-name': {
    description: 'Sessions have no name.',
    traps: ['VM-29'],
    isNameless: true,
  },
  'another-session-answers': {
    description:
      'Two status requests are answered by another session, which has stopped; ours lives until it is stopped.',
    faults: { misroutedSessions: { fromPoll: 2, toPoll: 3, result: 'Success' } },
  },
  'another-failed-session-answers': {
    description: 'Each second status request is answered by another session, which has stopped as Failed.',
    durationMs: 600_000,
    faults: { misroutedSessions: { every: 2, result: 'Failed' } },
  },
  'server-clock-ahead': {
    description: 'The server’s clock is eleven minutes ahead.',
    clockSkewMs: 660_000,
  },
  'server-clock-behind': {
    description: 'The server’s clock is eleven minutes behind.',
    clockSkewMs: -660_000,
  },
  'end-time-equals-creation-time': {
    description: 'A live session has ended at the moment of its creation, by its endTime.',
    traps: ['VM-3'],
    endTime: 'creation-time',
  },
  'end-time-in-the-year-9999': {
    description: 'A live session ends in the year 9999.',
    traps: ['VM-3', 'VM-29'],
    endTime: 'sentinel',
  },
  'end-time-null': { description: 'The endTime of a live session is null.', traps: ['VM-3'], endTime: 'null' },
  'end-time-absent': { description: 'A live session has no endTime.', traps: ['VM-3'], endTime: 'absent' },
  'starts-slowly': {
    description: 'The session is Starting for 20 s, and cannot be used before that.',
    traps: ['VM-16'],
    startingMs: 20_000,
  },
  'unknown-states': {
    description: 'A live session says Starting, Paused and Stopping, and is Working in between.',
    traps: ['VM-2', 'VM-3'],
    oddStates: [
      { toPoll: 1, state: 'Starting' },
      { fromPoll: 3, toPoll: 3, state: 'Paused' },
      { fromPoll: 5, toPoll: 5, state: 'Stopping' },
    ],
  },
  'expires-when-idle': {
    description: 'The session ends when nothing in it was used for ten minutes; polling its state does not count.',
    traps: ['VM-16', 'VM-17'],
    idleLimitMs: 600_000,
  },
  'polls-keep-it-alive': {
    description: 'The session ends ten minutes after the last call that concerned it.',
    traps: ['VM-17'],
    idleLimitMs: 600_000,
    pollsKeepAlive: true,
  },
  'ends-during-a-restore': {
    description: 'The session ends half a minute into its life, and with it the restore that runs in it.',
    traps: ['VM-12', 'VM-16', 'VM-17'],
    durationMs: 30_000,
    result: 'Failed',
  },
  'stop-takes-three-polls': {
    description: 'A stop is accepted, and three status requests still see the session Working.',
    traps: ['VM-18'],
    stop: { lagPolls: 3 },
  },
  'stop-shows-stopping': {
    description: 'A stop is accepted, and two status requests see the session Stopping.',
    traps: ['VM-18'],
    stop: { lagPolls: 2, lagState: 'Stopping' },
  },
  'stop-never-stops': {
    description: 'A stop is accepted, and the session goes on for ever.',
    traps: ['VM-18', 'VM-19'],
    stop: { lagPolls: 'forever' },
  },
  'stop-lets-restores-go-on': {
    description: 'A stop ends the session, and a restore that runs in it goes on.',
    traps: ['VM-18'],
    stop: { runningRestores: 'goes-on' },
  },
  'stop-cuts-silently': {
    description: 'A stop cuts the restore that runs in the session, and its event says Running for good.',
    traps: ['VM-12', 'VM-18'],
    stop: { runningRestores: 'cut-silently' },
  },
  'second-stop-is-an-error': {
    description: 'The stop of a session that has stopped is answered by 500.',
    traps: ['VM-18'],
    stop: { again: 'error' },
  },
  'unknown-at-first': {
    description: 'The first two status requests for a new session are answered by 404.',
    faults: { notFoundPolls: 2 },
  },
  'forgotten-when-ended': {
    description: 'A session ends after a minute, and is unknown from then on.',
    durationMs: 60_000,
    forgetAfterMs: 0,
  },
  'unlisted-after-a-new-login': {
    description: 'Tokens live for a minute and cannot be renewed; a session of the old login is missing from the list.',
    traps: ['VM-26'],
    token: { lifeSeconds: 60, refresh: 'refused' },
  },
  'unknown-to-other-logins': {
    description: 'A session is unknown to every login but the one that opened it.',
    otherLogons: 'unknown',
  },
} as const satisfies Record<string, VeeamM365Scenario>;
