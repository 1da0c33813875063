import type { JsonObject } from '../protocols/poll-response.ts';
import { contentOf } from './envelope.ts';
import type { RestoreFacts } from './facts.ts';

const SKIPPED_FILES =
  'Files that could not be written are missing: the server skips them, succeeds nevertheless, and does not report which ones.';

const OF_A_PORTAL: readonly string[] = [
  'API keys, sessions and passwords from before the restore no longer work; make a new client with new credentials.',
  'Log in again and make new API keys, at most 5 in 15 minutes.',
  'The ids of the portal, its users, rooms, folders, files and backup records have changed; saved ids are no longer valid.',
  SKIPPED_FILES,
];

const OF_A_SERVER: readonly string[] = [
  'All portals of the server are as they were when the dump was made; later changes are lost.',
  'Users, passwords and ids are those of the dump. It is not documented whether API keys and sessions from before the restore still work.',
  'The licence of the server and the settings of two-factor authentication are deleted; set both up again.',
  SKIPPED_FILES,
];

const UNKNOWN_WHICH: readonly string[] = [
  'It is not known whether this was a restore of this portal or of the whole server; pass `dump` to attach for a more exact result.',
  'If it was a restore of this portal: API keys, sessions and passwords from before no longer work, and all ids have changed, including those of backup records.',
  'If it was a restore of the whole server: all portals are as they were when the dump was made, and the licence and the settings of two-factor authentication are deleted.',
  SKIPPED_FILES,
];

/**
 * What a successful restore changes for the caller, according to the facts of the restore and the last answer (DS-13,
 * DS-14, DS-23).
 */
export function aftermathOf({ dump, notify }: RestoreFacts, body: JsonObject): readonly string[] {
  if (dump === undefined) return [...UNKNOWN_WHICH, ...mails(notify)];
  if (dump) return [...OF_A_SERVER, ...mails(notify)];
  return [...OF_A_PORTAL, twoFactor(body), ...mails(notify)];
}

/** The portal does not confirm mails. They are sent at the start and at the end. */
function mails(notify: boolean | undefined): readonly string[] {
  if (notify === undefined) return [];
  return notify
    ? ['All active users get mail at the start and at the end; they need new sign-in details.']
    : ['Only the owner gets mail at the start and at the end; tell the other users how to sign in again.'];
}

/**
 * Servers that send `status` are from February 2026 or later, and servers delete these settings since December 2025.
 */
function twoFactor(body: JsonObject): string {
  const record = contentOf(body) as { readonly status?: unknown } | undefined;
  const isRecent = record?.status !== undefined && record.status !== null;
  return isRecent
    ? 'The settings of two-factor authentication are deleted.'
    : 'Servers since December 2025 delete the settings of two-factor authentication; it is not known whether this server does.';
}

/** The message for a restore whose worker service was stopped (DS-3). */
export function canceledMessage(dump: boolean | undefined): string {
  const states = {
    true: 'the server may be partly restored',
    false: 'the portal should be as it was before, and nothing is restored',
    undefined:
      'the portal should be as it was before; if it was a restore of the whole server, the server may be partly restored',
  };
  return `The server stopped the restore before its end; ${states[`${dump}`]}.`;
}
