import type { ClientOptions } from '../../src/client/client-options.ts';
import { OperationFailedError } from '../../src/errors/index.ts';
import { type OperationStatus, waitForCompletion } from '../../src/operation/index.ts';
import { type VeeamM365Emulator, veeamM365Emulator } from '../../src/testing/veeam-m365/emulator.ts';
import type { VeeamM365Scenario, VeeamVersion } from '../../src/testing/veeam-m365/scenario.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';
import {
  bearerToken,
  type ExploreInput,
  type MailboxRestore,
  type MailboxRestoreResult,
  type RestoreSession,
  VeeamM365V5Client,
  VeeamM365V6Client,
  VeeamM365V7Client,
  VeeamM365V8Client,
  veeamPassword,
} from '../../src/veeam-m365/index.ts';
import { runs } from '../support/effort.ts';

export const BASE_URL = 'https://vb365.example.com:4443';
export const VERSIONS: readonly VeeamVersion[] = ['v5', 'v6', 'v7', 'v8'];
/**
 * For sweeps over many scenarios. v7 differs from v6 in logins, lists and errors, which have tests of their own, so it is
 * left to runs with more effort.
 */
export const SWEPT: readonly VeeamVersion[] = runs(1) > 1 ? VERSIONS : ['v5', 'v6', 'v8'];
/** The versions whose restore calls are answered when the restore has ended. */
export const BLOCKING: readonly VeeamVersion[] = ['v5', 'v6', 'v7'];
export const CLIENTS = {
  v5: VeeamM365V5Client,
  v6: VeeamM365V6Client,
  v7: VeeamM365V7Client,
  v8: VeeamM365V8Client,
} as const;
export const MAILBOX = '7c1f3a52-94a4-4c0e-8f0e-000000000001';

const STARTS = ['exploreOrganization', 'exploreJob'];
const RESTORES = ['restoreMailbox', 'restoreMailboxTo', 'restoreMailboxes'];

/** A client of one version, and the emulated server that it talks to, in virtual time. */
export function serverWith(
  version: VeeamVersion,
  scenario: VeeamM365Scenario | VeeamM365ScenarioName = 'session-until-stopped',
  options: Partial<ClientOptions> = {},
) {
  const clock = virtualClock();
  const emulator = veeamM365Emulator({ clock, scenario });
  const veeam = clientOf(version, emulator, clock, options);
  const open = (input: Partial<ExploreInput> = {}): Promise<RestoreSession> =>
    veeam.organizations.explore(emulator.organizationId, { dateTime: new Date(clock.now()), type: 'vex', ...input });
  const sent = (...operationIds: string[]) =>
    emulator.requests.filter(({ operationId = '' }) => operationIds.includes(operationId));
  return {
    clock,
    emulator,
    veeam,
    open,
    sent,
    starts: () => sent(...STARTS),
    restores: () => sent(...RESTORES),
    stops: () => sent('stopRestoreSession'),
  };
}

/** Another client of an emulated server, with a login of its own. */
export function clientOf(
  version: VeeamVersion,
  emulator: Pick<VeeamM365Emulator, 'fetch'>,
  clock: VirtualClock,
  options: Partial<ClientOptions> = {},
) {
  return new CLIENTS[version]({
    baseUrl: BASE_URL,
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
    fetch: emulator.fetch,
    clock,
    ...options,
  });
}

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: unknown;
}

/** Answers a request; `count` is the number of the request of its method and path, from 1. */
export type Script = (asked: Asked, count: number) => Response | Promise<Response>;

/** A client whose server is scripted answer by answer. */
export function scripted(
  version: VeeamVersion,
  script: Script,
  clock: VirtualClock = virtualClock(),
  auth: ClientOptions['auth'] = bearerToken('a-token-of-somebody'),
) {
  const asked: Asked[] = [];
  const counts = new Map<string, number>();
  const veeam = new CLIENTS[version]({
    baseUrl: BASE_URL,
    auth,
    clock,
    fetch: async (input: string, init: RequestInit) => {
      const url = new URL(input);
      const request: Asked = {
        method: init.method ?? 'GET',
        path: `${url.pathname}${url.search}`,
        body: typeof init.body === 'string' && init.body.startsWith('{') ? JSON.parse(init.body) : init.body,
      };
      asked.push(request);
      const name = `${request.method} ${request.path}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return script(request, count);
    },
  });
  return { clock, veeam, asked };
}

export const SESSION = 'fa3a2d17-d86d-4540-bf71-512750281e43';

/** A session as the vendor's v6 sample shows it, with what is different. */
export function sessionBody(more: Record<string, unknown> = {}) {
  return {
    id: SESSION,
    name: 'Exchange restore (Job: Backup2 - 1/22/2022 2:56:55 PM)',
    organization: 'abc.onmicrosoft.com',
    type: 'Vex',
    creationTime: '2022-01-21T22:53:13.9685934Z',
    endTime: '9999-12-31T23:59:59.9999999Z',
    state: 'Working',
    result: 'Success',
    initiatedBy: 'EPSILON\\Administrator',
    ...more,
  };
}

export function page(results: readonly unknown[], more: Record<string, unknown> = {}) {
  return { offset: 0, limit: 30, results, _links: { self: { href: '/v6/x' } }, ...more };
}

/** The answers of a server with one session, whose body, events and other answers are as given. */
export function oneSession(answers: {
  readonly session: (count: number) => unknown;
  readonly events?: readonly unknown[];
  readonly other?: Script;
}): Script {
  return (asked, count) => {
    const path = asked.path.toLowerCase();
    if (asked.method === 'GET' && /\/restoresessions\/[^/?]+$/.test(path)) {
      const body = answers.session(count);
      return body instanceof Response ? body : Response.json(body);
    }
    if (/\/events/.test(path) && answers.events) return Response.json(page(answers.events));
    return answers.other?.(asked, count) ?? Response.json({ message: 'Not scripted.' }, { status: 500 });
  };
}

/** How a restore ends, whatever that is. Rejects where nobody can tell. */
export async function endOf(start: Promise<MailboxRestore>): Promise<OperationStatus<MailboxRestoreResult>> {
  const restore = await start;
  await waitForCompletion(restore, { accept: 'partial' }).catch((error: unknown) => {
    if (!OperationFailedError.isInstance(error)) throw error;
  });
  return restore.poll();
}

/** What an ended restore did: of one that failed, too. */
export function resultOf(status: OperationStatus<MailboxRestoreResult>): MailboxRestoreResult {
  if (status.state === 'succeeded' || status.state === 'partial') return status.result;
  if (status.state === 'failed') return status.failure.details as MailboxRestoreResult;
  throw new Error(`The restore is ${status.state}.`);
}

/** What a promise rejects with; a failed test where it resolves. */
export async function caught(work: Promise<unknown>): Promise<unknown> {
  const value = await work.then(
    (resolved) => ({ resolved }),
    (error: unknown) => ({ error }),
  );
  if ('error' in value) return value.error;
  throw new Error(`It resolved with ${JSON.stringify(value.resolved)}.`);
}
