import type { FailedPolls } from '../client/failed-poll.ts';

/** What a refused poll says of a session, or of a restore inside it. */
export const FAILED_POLLS: FailedPolls = {
  unauthorized: 'refused',
  forbidden: 'refused',
  // Purged, or of another login: how it ended cannot be told.
  notFound: 'absent',
  unprovenCredentialEndsWait: true,
};
