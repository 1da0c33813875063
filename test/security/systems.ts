import type { ClientOptions } from 'restorekit';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import type { Operation } from 'restorekit/operation';
import { basicAuth, OracleEpmClient } from 'restorekit/oracle-epm';
import type { StartOnceClient } from 'restorekit/start-once';
import {
  cloudFoundryEmulator,
  docspaceBackups,
  docspaceEmulator,
  type Emulator,
  oracleEpmEmulator,
  type VirtualClock,
  veeamM365Emulator,
} from 'restorekit/testing';
import { VeeamM365V5Client, VeeamM365V6Client, veeamPassword } from 'restorekit/veeam-m365';

export const BASE = 'https://system.example.org';
const INSTANCE = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const MAILBOX = '7c1f3a52-94a4-4c0e-8f0e-000000000001';

/** One client in front of one emulated server, and everything that can be asked of it. */
export interface Tour {
  readonly client: StartOnceClient<Operation<unknown>> & object;
  readonly target: string | Record<string, never>;
  start(): Promise<Operation<unknown>>;
  /** The other calls that a server answers, by name. What they resolve with is the vendor's data. */
  readonly calls: Readonly<Record<string, () => Promise<unknown>>>;
}

export interface SystemUnderTest {
  readonly emulator: Emulator;
  connect(options: Partial<ClientOptions>): Tour;
}

/** The systems, each with `secret` as its credential. */
export const systems: Readonly<Record<string, (clock: VirtualClock, secret: string) => SystemUnderTest>> = {
  'Oracle EPM': (clock, secret) => {
    const emulator = oracleEpmEmulator({ clock, credentials: { username: 'admin', password: secret } });
    const auth = basicAuth({ username: 'admin', password: secret });
    return {
      emulator,
      connect: (options) => {
        const client = new OracleEpmClient({ baseUrl: BASE, auth, clock, fetch: emulator.fetch, ...options });
        const backupName = '2026-04-23T08:48:06/Environment_Backup';
        return {
          client,
          target: {},
          start: () => client.environment.restore({ backupName, dailyMaintenanceStartTime: false }),
          calls: {
            backups: () => client.backups.list().toArray(),
            copy: () => client.backups.copy({ backupName: '2026-04-23T08:48:06/Artifact_Snapshot.zip' }),
          },
        };
      },
    };
  },
  'Cloud Foundry': (clock, secret) => {
    const emulator = cloudFoundryEmulator({ clock, credentials: { username: 'admin', password: secret } });
    const auth = uaaPassword({ username: 'admin', password: secret });
    return {
      emulator,
      connect: (options) => {
        const client = new CloudFoundryClient({ baseUrl: BASE, auth, clock, fetch: emulator.fetch, ...options });
        const { serviceInstances, backups } = client;
        return {
          client,
          target: INSTANCE,
          start: () => serviceInstances.restore({ into: INSTANCE, from: 'server-default' }),
          calls: {
            instances: () => serviceInstances.list({ perPage: 1 }).toArray(),
            instance: () => serviceInstances.get(INSTANCE),
            find: () => serviceInstances.find({ name: 'billing-db' }),
            latest: () => backups.latest(INSTANCE),
            backups: () => backups.list(INSTANCE).toArray(),
            backup: () => backups.create(INSTANCE),
            job: () => client.jobs.get('job-1'),
          },
        };
      },
    };
  },
  'Veeam v5': (clock, secret) => veeam(VeeamM365V5Client, clock, secret),
  'Veeam v6': (clock, secret) => veeam(VeeamM365V6Client, clock, secret),
  DocSpace: (clock, secret) => {
    const emulator = docspaceEmulator({ clock, credentials: { apiKey: secret } });
    const auth = docspaceApiKey(secret);
    return {
      emulator,
      connect: (options) => {
        const client = new DocSpaceClient({ baseUrl: BASE, auth, clock, fetch: emulator.fetch, ...options });
        return {
          client,
          target: {},
          start: () => client.portal.restore({ backupId: docspaceBackups.good.id, notify: false }),
          calls: {
            history: () => client.backups.list().toArray(),
            progress: () => client.portal.restoreProgress(),
            settings: () => client.portal.settings(),
          },
        };
      },
    };
  },
};

function veeam(
  Client: typeof VeeamM365V5Client | typeof VeeamM365V6Client,
  clock: VirtualClock,
  secret: string,
): SystemUnderTest {
  const emulator = veeamM365Emulator({ clock, password: secret, scenario: { mailboxCount: 31 } });
  const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: secret });
  return {
    emulator,
    connect: (options) => {
      const client = new Client({ baseUrl: BASE, auth, clock, fetch: emulator.fetch, ...options });
      const explore = () =>
        client.organizations.explore(emulator.organizationId, { dateTime: new Date(clock.now()), type: 'vex' });
      const session = async () => (await client.restoreSessions.list().toArray())[0]?.id ?? 'session-1';
      return {
        client,
        target: {},
        start: explore,
        calls: {
          organizations: () => client.organizations.list().toArray(),
          jobs: () => client.jobs.list().toArray(),
          sessions: () => client.restoreSessions.list().toArray(),
          mailboxes: async () =>
            client
              .attach({ id: await session() })
              .mailboxes.list()
              .toArray(),
          restore: async () => client.attach({ id: await session() }).mailboxes.restore(MAILBOX),
          events: async () =>
            client
              .attach({ id: await session() })
              .events()
              .toArray(),
          stop: async () => client.attach({ id: await session() }).stop(),
        },
      };
    },
  };
}
