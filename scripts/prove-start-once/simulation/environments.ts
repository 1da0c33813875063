import type { Clock } from '../../../src/clock/clock.ts';
import { CloudFoundryClient, uaaPassword } from '../../../src/cloud-foundry/index.ts';
import { DocSpaceClient, docspaceApiKey } from '../../../src/docspace/index.ts';
import type { Operation } from '../../../src/operation/operation.ts';
import { basicAuth, OracleEpmClient } from '../../../src/oracle-epm/index.ts';
import type { StartOnceClient } from '../../../src/start-once/start-client.ts';
import { cloudFoundryEmulator } from '../../../src/testing/cloud-foundry/emulator.ts';
import { docspaceEmulator } from '../../../src/testing/docspace/emulator.ts';
import type { Emulator } from '../../../src/testing/emulator.ts';
import { docspaceBackups, docspaceCredentials } from '../../../src/testing/index.ts';
import { oracleEpmEmulator } from '../../../src/testing/oracle-epm/emulator.ts';
import { veeamM365Emulator } from '../../../src/testing/veeam-m365/emulator.ts';
import { VeeamM365V5Client, VeeamM365V6Client, veeamPassword } from '../../../src/veeam-m365/index.ts';
import { type EmulatedInstallation, emulatorWithOtherIds, withOtherIds } from './with-other-ids.ts';

export const SYSTEMS = ['oracle-epm', 'cloud-foundry', 'docspace', 'veeam-m365-v5', 'veeam-m365-v6'] as const;
export type SystemName = (typeof SYSTEMS)[number];

type Fetch = Emulator['fetch'];

/** What a process needs to start one restore: its own client and the start call. */
export interface Plan {
  readonly client: StartOnceClient<Operation<unknown>>;
  readonly target: string;
  readonly start: (context: { readonly signal?: AbortSignal }) => Promise<Operation<unknown>>;
}

/** One installation of a system: an emulator, and how a process connects to it. */
export interface Environment {
  readonly baseUrl: string;
  readonly emulator: EmulatedInstallation;
  /** What can be overwritten in it. */
  readonly instances: readonly string[];
  /** Whether two restores of one target exclude each other. */
  readonly isExclusive: boolean;
  connect(fetch: Fetch, clock: Clock): (instance: string) => Plan;
}

const START_TIMEOUT_MS = 60_000;
export const RESTORE_MS = 90_000;
const scenario = { durationMs: RESTORE_MS };

type IdOf = (id: string) => string;

const makers: Readonly<Record<SystemName, (baseUrl: string, clock: Clock, idOf: IdOf) => Environment>> = {
  'oracle-epm': (baseUrl, base) => ({
    baseUrl,
    emulator: oracleEpmEmulator({ clock: base, scenario }),
    instances: [''],
    isExclusive: true,
    connect: (fetch, clock) => {
      const auth = basicAuth({ username: 'admin', password: 'secret' });
      const client = new OracleEpmClient({ baseUrl, auth, fetch, clock });
      const backupName = '2026-04-23T08:48:06/Environment_Backup';
      return (target) => ({
        client,
        target,
        start: (context) =>
          client.environment.restore({ backupName }, { ...context, requestTimeoutMs: START_TIMEOUT_MS }),
      });
    },
  }),
  'cloud-foundry': (baseUrl, base) => {
    const instances = [1, 2].map((number) => `00000000-0000-4000-8000-00000000000${number}`);
    return {
      baseUrl,
      emulator: cloudFoundryEmulator({
        clock: base,
        scenario,
        serviceInstances: instances.map((guid) => ({ guid, name: guid })),
      }),
      instances,
      isExclusive: true,
      connect: (fetch, clock) => {
        const auth = uaaPassword({ username: 'admin', password: 'secret' });
        const client = new CloudFoundryClient({ baseUrl, auth, fetch, clock });
        return (into) => ({
          client,
          target: into,
          start: (context) =>
            client.serviceInstances.restore(
              { into, from: { pointInTime: '2026-01-01T00:00:00Z' } },
              { ...context, requestTimeoutMs: START_TIMEOUT_MS },
            ),
        });
      },
    };
  },
  docspace: (baseUrl, base, idOf) => ({
    baseUrl,
    emulator: docspaceEmulator({ clock: base, scenario }),
    instances: [''],
    isExclusive: true,
    connect: (fetch, clock) => {
      const auth = docspaceApiKey(docspaceCredentials.apiKey);
      const client = new DocSpaceClient({ baseUrl, auth, fetch, clock });
      const input = { backupId: idOf(docspaceBackups.good.id), notify: false };
      return (target) => ({
        client,
        target,
        start: (context) => client.portal.restore(input, { ...context, requestTimeoutMs: START_TIMEOUT_MS }),
      });
    },
  }),
  'veeam-m365-v5': (baseUrl, base) => veeam(baseUrl, base, VeeamM365V5Client),
  'veeam-m365-v6': (baseUrl, base) => veeam(baseUrl, base, VeeamM365V6Client),
};

function veeam(baseUrl: string, base: Clock, Client: typeof VeeamM365V5Client | typeof VeeamM365V6Client): Environment {
  const emulator = veeamM365Emulator({ clock: base, scenario });
  return {
    baseUrl,
    emulator,
    instances: [emulator.organizationId],
    isExclusive: false,
    connect: (fetch, clock) => {
      const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
      const client = new Client({ baseUrl, auth, fetch, clock });
      const input = { dateTime: '2026-01-01T00:00:00Z', type: 'vex' } as const;
      return (target) => ({
        client,
        target,
        start: (context) =>
          client.organizations.explore(target, input, { ...context, requestTimeoutMs: START_TIMEOUT_MS }),
      });
    },
  };
}

export function openEnvironment(system: SystemName, baseUrl: string, clock: Clock): Environment {
  return makers[system](baseUrl, clock, (id) => id);
}

/** A second installation of the same system, with ids of its own. */
export function openOtherEnvironment(system: SystemName, baseUrl: string, clock: Clock): Environment {
  const environment = makers[system](baseUrl, clock, withOtherIds);
  return {
    ...environment,
    emulator: emulatorWithOtherIds(environment.emulator),
    instances: environment.instances.map(withOtherIds),
  };
}
