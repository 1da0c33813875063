import type { JsonObject } from '../protocols/poll-response.ts';
import { contentOf } from './envelope.ts';
import type { RestoreFacts } from './facts.ts';

const SKIPPED_FILES =
  'Files that could not be written are missing: the server skips them, succeeds all the same, and does not tell which.';

const OF_A_PORTAL: readonly string[] = [
  'API keys, sessions and passwords of before the restore no longer work; this client can do nothing more that needs them.',
  'Make new API keys after you have logged in again, at most 5 in 15 minutes.',
  'The ids of the portal, its users, rooms, folders, files and backup records have changed; what was kept of them points nowhere.',
  SKIPPED_FILES,
];

const OF_A_SERVER: readonly string[] = [
  'All portals of the server are as they were when the dump was made; what was written since is gone.',
  'Users, passwords and ids are those of the dump. Whether API keys and sessions of before the restore still work is not documented.',
  'The licence of the server and the settings of two-factor authentication are deleted; set both up again.',
  SKIPPED_FILES,
];

const UNKNOWN_WHICH: readonly string[] = [
  'It is not known whether it was a restore of this portal or of the whole server; attach with `dump` to be told what holds for it.',
  'If it was of this portal: API keys, sessions and passwords of before no longer work, and all ids have changed, those of backup records too.',
  'If it was of the whole server: all portals are as they were when the dump was made, and the licence and the settings of two-factor authentication are deleted.',
  SKIPPED_FILES,
];

/**
 * What a successful restore means for the caller, by what is known of it and by the answer that told the end (DS-13,
 * DS-14, DS-23).
 */
export function aftermathOf({ dump, notify }: RestoreFacts, body: JsonObject): readonly string[] {
  if (dump === undefined) return [...UNKNOWN_WHICH, ...mails(notify)];
  if (dump) return [...OF_A_SERVER, ...mails(notify)];
  return [...OF_A_PORTAL, twoFactor(body), ...mails(notify)];
}

/** The portal confirms no mail. Both are sent at the start and at the end. */
function mails(notify: boolean | undefined): readonly string[] {
  if (notify === undefined) return [];
  return notify
    ? ['All active users are mailed, at the start and at the end; they need new sign-in details.']
    : ['Only the owner is mailed, at the start and at the end; tell all other users yourself how they get in again.'];
}

/** Servers that write `status` are of February 2026 or later; they delete these settings since December 2025. */
function twoFactor(body: JsonObject): string {
  const record = contentOf(body) as { readonly status?: unknown } | undefined;
  const isRecent = record?.status !== undefined && record.status !== null;
  return isRecent
    ? 'The settings of two-factor authentication are deleted.'
    : 'Servers since December 2025 delete the settings of two-factor authentication; how old this one is, it does not tell.';
}

/** The worker service was stopped in mid-restore (DS-3). */
export function canceledMessage(dump: boolean | undefined): string {
  const states = {
    true: 'the server may be restored by halves',
    false: 'the portal should be as it was before, and nothing is restored',
    undefined: 'the portal should be as it was before; if it was of the whole server, that may be restored by halves',
  };
  return `The server stopped the restore before its end; ${states[`${dump}`]}.`;
}
