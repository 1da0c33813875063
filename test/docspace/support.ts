import type { ClientOptions } from '../../src/client/client-options.ts';
import { bearerToken, DocSpaceClient, docspaceApiKey } from '../../src/docspace/index.ts';
import { docspaceEmulator } from '../../src/testing/docspace/emulator.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import type { DocSpaceScenarioName } from '../../src/testing/docspace/scenarios.ts';
import type { Emulator } from '../../src/testing/emulator.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';
import { scriptedServer } from '../support/scripted-server.ts';

export const BACKUP = '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11';
export const DUMP = '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a14';
export const BASE_URL = 'https://portal.example.com';

/** A client and the emulated portal that it talks to, in virtual time. */
export function portalWith(scenario: DocSpaceScenario | DocSpaceScenarioName, options: Partial<ClientOptions> = {}) {
  const clock = virtualClock();
  const emulator = docspaceEmulator({ clock, scenario });
  const connect = (more: Partial<ClientOptions> = {}) =>
    new DocSpaceClient({
      baseUrl: BASE_URL,
      auth: docspaceApiKey(emulator.credentials.apiKey),
      fetch: emulator.fetch,
      clock,
      ...options,
      ...more,
    });
  return { clock, emulator, connect, docspace: connect() };
}

export function startsOf(emulator: Emulator): number {
  return emulator.requests.filter(({ operationId }) => operationId === 'startBackupRestore').length;
}

export function pollsOf(emulator: Emulator) {
  return emulator.requests.filter(({ operationId }) => operationId === 'getRestoreProgress');
}

/** The last piece of an address or a request that tells what was asked for. */
export interface Asked {
  readonly method: string;
  readonly call: string;
  readonly query: string;
  readonly authorization: string | null;
  readonly body: unknown;
}

export type Script = (asked: Asked, count: number) => Response | Promise<Response>;

/** A client in front of a scripted portal. `count` is the number of the request of its call, from 1. */
export function scriptedPortal(script: Script, clock: VirtualClock = virtualClock()) {
  const asked: Asked[] = [];
  const { fetch } = scriptedServer(({ method, url, headers, body }) => {
    const request: Asked = {
      method,
      call: url.pathname.replace(/^.*\//, ''),
      query: url.search,
      authorization: headers.get('authorization'),
      body: body === '' ? undefined : JSON.parse(body),
    };
    asked.push(request);
    return script(request, asked.filter(({ call }) => call === request.call).length);
  });
  const auth = bearerToken('session-token');
  return { clock, docspace: new DocSpaceClient({ baseUrl: BASE_URL, auth, clock, fetch }), asked };
}

export const TASK = '0f8fad5b-d9cb-469f-a165-70867728950e';
export const OTHER_TASK = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** A 200 as the server writes it; without `response` where there is nothing to tell. */
export function envelope(response?: unknown): Response {
  return Response.json({
    ...(response === undefined ? {} : { response }),
    count: response === undefined ? 0 : 1,
    links: [],
    status: 0,
    statusCode: 200,
  });
}

/** The record of a restore that runs, with what is different. */
export function record(more: Record<string, unknown> = {}) {
  return {
    isCompleted: false,
    progress: 10,
    error: '',
    tenantId: 1,
    backupProgressEnum: 1,
    status: 1,
    taskId: TASK,
    ...more,
  };
}

/** The record of a backup that runs, with what is different. */
export function backup(more: Record<string, unknown> = {}) {
  return record({ backupProgressEnum: 0, link: '', ...more });
}

export const done = (more: Record<string, unknown> = {}) =>
  record({ isCompleted: true, progress: 100, tenantId: 7, status: 2, ...more });

/** Answers a start with `TASK`, polls with `poll`, and says that the portal is active. */
export function restoring(poll: Script): Script {
  return (asked, count) => {
    if (asked.call === 'startrestore') return envelope(record({ progress: 0, status: 0 }));
    if (asked.call === 'settings') return envelope({ tenantStatus: 0 });
    // The first one is taken before the start.
    return count === 1 ? envelope() : poll(asked, count - 1);
  };
}
