import { basicAuth, docspaceApiKey, uaaPassword, veeamPassword } from 'restorekit';
import {
  cloudFoundryEmulator,
  docspaceBackups,
  docspaceCredentials,
  docspaceEmulator,
  type EmulatorServer,
  oracleEpmEmulator,
  veeamM365Emulator,
} from 'restorekit/testing';
import type { Target } from './targets.ts';

export interface EmulatedSystems {
  readonly targets: readonly Target[];
  close(): Promise<void>;
}

/**
 * Six systems on loopback ports whose restores take 9 to 14 seconds and succeed. Three of them cannot be polled for a
 * while, like real systems during a restore: Oracle EPM answers 503, Cloud Foundry closes connections, and DocSpace
 * does not know its own portal while it replaces it.
 */
export async function startEmulatedSystems(): Promise<EmulatedSystems> {
  const servers: EmulatorServer[] = [];
  const serve = async (emulator: { listen(): Promise<EmulatorServer> }) => {
    const server = await emulator.listen();
    servers.push(server);
    return server.url;
  };
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    const targets = [
      await oracleEpm(serve),
      await cloudFoundry(serve),
      await veeam('v5', serve),
      await veeam('v6', serve),
      await veeam('v8', serve),
      await docSpace(serve),
    ];
    return { targets, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Serve = (emulator: { listen(): Promise<EmulatorServer> }) => Promise<string>;

async function oracleEpm(serve: Serve): Promise<Target> {
  const emulator = oracleEpmEmulator({
    scenario: { durationMs: 13_000, faults: { outage: { kind: 'unavailable', fromMs: 3_500, toMs: 7_500 } } },
  });
  return {
    system: 'oracle-epm',
    label: 'Oracle EPM',
    baseUrl: await serve(emulator),
    auth: basicAuth({ username: 'admin', password: 'secret' }),
    restore: {
      backupName: '2026-04-23T08:48:06/Environment_Backup',
      usersAndPreDefinedRoles: true,
      storedSnapshotsAndFiles: true,
    },
  };
}

async function cloudFoundry(serve: Serve): Promise<Target> {
  const emulator = cloudFoundryEmulator({
    scenario: { durationMs: 9_000, faults: { outage: { kind: 'reset', fromMs: 4_000, toMs: 6_500 } } },
  });
  return {
    system: 'cloud-foundry',
    label: 'Cloud Foundry',
    baseUrl: await serve(emulator),
    auth: uaaPassword({ username: 'admin', password: 'secret' }),
    restore: {
      into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
      from: { backupId: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55' },
    },
  };
}

const MAILBOX_RESTORE_MS = { v5: 6_000, v6: 8_000, v8: 7_000 };

/** Up to v6 the call of the restore blocks until it has ended; v8 answers at once with the id of a session to poll. */
async function veeam(version: keyof typeof MAILBOX_RESTORE_MS, serve: Serve): Promise<Target> {
  const emulator = veeamM365Emulator({
    scenario: {
      startingMs: 1_500,
      mailboxRestore: { durationMs: MAILBOX_RESTORE_MS[version] },
      stop: { lagPolls: 1 },
    },
  });
  const [jobId] = emulator.jobIds;
  return {
    system: `veeam-m365-${version}`,
    label: `Veeam 365 ${version}`,
    baseUrl: await serve(emulator),
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
    restore: {
      scope: version === 'v5' ? { organizationId: emulator.organizationId } : { jobId },
      dateTime: new Date(Math.max(...emulator.backupTimes.map((time) => new Date(time).getTime()))),
      mailbox: 'user1@abc.onmicrosoft.com',
    },
  };
}

async function docSpace(serve: Serve): Promise<Target> {
  const emulator = docspaceEmulator({
    scenario: { durationMs: 12_000, swapGap: { kind: 'not-found', ms: 2_000 } },
  });
  return {
    system: 'docspace',
    label: 'DocSpace',
    baseUrl: await serve(emulator),
    auth: docspaceApiKey(docspaceCredentials.apiKey),
    restore: { backupId: docspaceBackups.good.id },
  };
}
