const OF_A_PORTAL: readonly string[] = [
  'API keys, sessions, OAuth tokens and passwords of before the restore no longer work; this client can do nothing more that needs them.',
  'Every user gets new sign-in details by mail; make new API keys then, at most 5 in 15 minutes.',
  'The ids of the portal, its users, rooms, folders and files have changed; what was kept of them points nowhere.',
  'The settings of two-factor authentication are deleted.',
];

const OF_A_SERVER: readonly string[] = [
  'All portals of the server are as they were when the dump was made; what was written since is gone.',
  'Users, passwords, API keys and ids are those of the dump: what was made since does not work, what was deleted since may work again.',
];

/** What a successful restore means for the caller (DS-13, DS-14). What it means after a dump is inferred. */
export function aftermathOf(dump: boolean | undefined): readonly string[] {
  return dump ? OF_A_SERVER : OF_A_PORTAL;
}

/** The worker service was stopped in mid-restore (DS-3). */
export function canceledMessage(dump: boolean | undefined): string {
  const state = dump
    ? 'the server may be restored by halves'
    : 'the portal should be as it was before, and nothing is restored';
  return `The server stopped the restore before its end; ${state}.`;
}
