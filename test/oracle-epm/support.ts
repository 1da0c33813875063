import type { ClientOptions } from '../../src/client/client-options.ts';
import { basicAuth, OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { type OracleEpmEmulatorOptions, oracleEpmEmulator } from '../../src/testing/oracle-epm/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { type Answer, scriptedServer } from '../support/scripted-server.ts';

export const BASE_URL = 'https://epm.example.org';
export const BACKUP = '2026-04-23T08:48:06/Environment_Backup';
export const SNAPSHOT = '2026-04-23T08:48:06/Artifact_Snapshot.zip';
export const RESTORE_PATH = '/interop/rest/v1/services/restoreenvironment';
export const JOB_PATH = `${RESTORE_PATH}/status/1776935926050`;

/** A client in front of an emulated environment, in virtual time. */
export function emulated(
  options: OracleEpmEmulatorOptions & Partial<Pick<ClientOptions, 'baseUrl' | 'auth' | 'onEvent' | 'headers'>> = {},
) {
  const clock = virtualClock();
  const {
    baseUrl = BASE_URL,
    auth = basicAuth({ username: 'admin', password: 'secret' }),
    onEvent,
    headers,
    ...own
  } = options;
  const emulator = oracleEpmEmulator({ ...own, clock });
  const more = { ...(onEvent ? { onEvent } : {}), ...(headers ? { headers } : {}) };
  const epm = new OracleEpmClient({ baseUrl, auth, clock, fetch: emulator.fetch, ...more });
  return {
    clock,
    emulator,
    epm,
    starts: () => emulator.requests.filter(({ method, path }) => method === 'POST' && path.endsWith(RESTORE_PATH)),
  };
}

/** A client in front of a scripted server. */
export function scriptedEnvironment(
  script: Answer | readonly Answer[],
  options: Partial<Pick<ClientOptions, 'baseUrl' | 'auth'>> = {},
) {
  const clock = virtualClock();
  const { fetch, received } = scriptedServer(script);
  const auth = basicAuth({ username: 'admin', password: 'secret' });
  return { clock, epm: new OracleEpmClient({ baseUrl: BASE_URL, auth, clock, fetch, ...options }), received };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

export function html(status = 200): Response {
  return new Response('<html><body>Sign in</body></html>', { status, headers: { 'content-type': 'text/html' } });
}

/** The vendor's own start answer, with a link of one's own. */
export function started(href: string, link: Record<string, unknown> = {}): Response {
  return json({
    details: null,
    status: -1,
    items: null,
    links: [{ href, action: 'GET', rel: 'Job Status', data: null, ...link }],
    intermittentStatus: null,
  });
}

/** The vendor's own last answer. */
export const done = json({
  details: 'Environment backup restored successfully',
  status: 0,
  items: null,
  links: null,
  intermittentStatus: [
    { 'Restoring Environment Backup': 'Success' },
    { 'Importing users and predefined roles': 'NA' },
    { 'Uploading stored snapshots and files': 'Success' },
    { 'Setting daily maintenance start time to that of the backup': 'Success' },
  ],
});
