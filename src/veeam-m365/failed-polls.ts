import type { FailedPolls } from '../client/failed-poll.ts';

/** What a refused poll means for a session and for a restore inside it. */
export const FAILED_POLLS: FailedPolls = {
  unauthorized: 'refused',
  forbidden: 'refused',
  // The session was purged, or is of another login: its end is unknown.
  notFound: 'absent',
  unprovenCredentialEndsWait: true,
};
