// One restore of each system, as a program of a consumer has it. Every runtime and test runner runs this.
import { basicAuth, docspaceApiKey, uaaPassword, veeamPassword } from 'restorekit';
import { CloudFoundryClient } from 'restorekit/cloud-foundry';
import { DocSpaceClient } from 'restorekit/docspace';
import { type Operation, waitForCompletion } from 'restorekit/operation';
import { OracleEpmClient } from 'restorekit/oracle-epm';
import {
  cloudFoundryEmulator,
  docspaceCredentials,
  docspaceEmulator,
  type Emulator,
  oracleEpmEmulator,
  type VirtualClock,
  veeamM365Emulator,
  virtualClock,
} from 'restorekit/testing';
import { VeeamM365V5Client, VeeamM365V6Client } from 'restorekit/veeam-m365';

/** What a client is given to reach its system. */
export interface Access {
  readonly baseUrl: string;
  readonly fetch?: (input: string | URL, init?: RequestInit) => Promise<Response>;
  readonly clock?: VirtualClock;
}

interface System {
  readonly emulator: (clock?: VirtualClock) => Emulator;
  /** The state that the restore ended in. */
  readonly restore: (access: Access) => Promise<string>;
}

interface Client {
  resume(handle: unknown): Operation<unknown>;
}

const scenario = { durationMs: 2_500 };
const timeoutMs = 40_000;
const of = (clock: VirtualClock | undefined) => (clock === undefined ? {} : { clock });

/** Waits in the way of another process: with an operation that was saved as JSON. */
async function endOf(client: Client, operation: Operation<unknown>): Promise<string> {
  const handle = JSON.stringify(operation);
  return (await waitForCompletion(client.resume(JSON.parse(handle)), { timeoutMs })).state;
}

function veeam(Client: typeof VeeamM365V5Client | typeof VeeamM365V6Client): System {
  return {
    emulator: (clock) =>
      veeamM365Emulator({ ...of(clock), scenario: { startingMs: 500, mailboxRestore: { durationMs: 1_000 } } }),
    restore: async (access) => {
      const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
      const client = new Client({ ...access, auth });
      const [organization] = await client.organizations.list().toArray();
      const dateTime = new Date(access.clock?.now() ?? Date.now());
      const session = await client.organizations.explore(organization?.id ?? '', { dateTime, type: 'exchange' });
      await waitForCompletion(session, { until: 'ready', timeoutMs });
      const [mailbox] = await session.mailboxes.list().toArray();
      const { state } = await waitForCompletion(await session.mailboxes.restore(mailbox?.id ?? ''), { timeoutMs });
      await session.stop();
      return state;
    },
  };
}

const systems: Readonly<Record<string, System>> = {
  'oracle-epm': {
    emulator: (clock) => oracleEpmEmulator({ ...of(clock), scenario }),
    restore: async (access) => {
      const client = new OracleEpmClient({
        ...access,
        auth: basicAuth({ username: 'admin', password: 'secret' }),
      });
      const { id: backupName } = await client.backups.latest({ kind: 'environment-backup' });
      return endOf(client, await client.environment.restore({ backupName }));
    },
  },
  'cloud-foundry': {
    emulator: (clock) => cloudFoundryEmulator({ ...of(clock), scenario }),
    restore: async (access) => {
      const client = new CloudFoundryClient({
        ...access,
        auth: uaaPassword({ username: 'admin', password: 'secret' }),
      });
      const { guid: into } = await client.serviceInstances.find({ name: 'orders-db', space: 'production' });
      return endOf(client, await client.serviceInstances.restore({ into, from: 'server-default' }));
    },
  },
  'veeam-m365-v5': veeam(VeeamM365V5Client),
  'veeam-m365-v6': veeam(VeeamM365V6Client),
  docspace: {
    emulator: (clock) => docspaceEmulator({ ...of(clock), scenario }),
    restore: async (access) => {
      const client = new DocSpaceClient({ ...access, auth: docspaceApiKey(docspaceCredentials.apiKey) });
      const { id: backupId } = await client.backups.latest();
      return endOf(client, await client.portal.restore({ backupId }));
    },
  },
};

export const systemNames = Object.keys(systems);

/** How a restore ended, and how many the system has performed. */
export interface End {
  readonly state: string;
  readonly restores?: number;
}

function systemOf(name: string): System {
  const system = systems[name];
  if (system === undefined) throw new Error(`There is no system ${name}.`);
  return system;
}

export const emulatorOf = (name: string): Emulator => systemOf(name).emulator();

export async function restoreAt(name: string, access: Access): Promise<End> {
  return { state: await systemOf(name).restore(access) };
}

/** In this process alone, in no time. */
export async function restoreInProcess(name: string): Promise<End> {
  const clock = virtualClock();
  const emulator = systemOf(name).emulator(clock);
  const end = await restoreAt(name, { baseUrl: 'https://system.example.org', fetch: emulator.fetch, clock });
  return { ...end, restores: emulator.restores.length };
}

/** Over a port on this machine. */
export async function restoreOverLoopback(name: string): Promise<End> {
  const emulator = emulatorOf(name);
  const server = await emulator.listen();
  try {
    return { ...(await restoreAt(name, { baseUrl: server.url })), restores: emulator.restores.length };
  } finally {
    await server.close();
  }
}

/** The ends of the restores of all systems by name, also of those that failed. */
export async function ofEachSystem(restore: (name: string) => Promise<End>): Promise<Record<string, unknown>> {
  const end = (name: string) =>
    restore(name).catch((error: unknown) => ({ error: error instanceof Error ? error.stack : String(error) }));
  return Object.fromEntries(await Promise.all(systemNames.map(async (name) => [name, await end(name)] as const)));
}
