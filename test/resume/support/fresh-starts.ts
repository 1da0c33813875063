import { bearerToken } from '../../../src/auth/bearer-token.ts';
import { CloudFoundryClient, uaaPassword } from '../../../src/cloud-foundry/index.ts';
import { DocSpaceClient, docspaceApiKey } from '../../../src/docspace/index.ts';
import type { Operation, RestoreResult } from '../../../src/operation/index.ts';
import { basicAuth, OracleEpmClient } from '../../../src/oracle-epm/index.ts';
import { cloudFoundryEmulator } from '../../../src/testing/cloud-foundry/emulator.ts';
import { docspaceEmulator } from '../../../src/testing/docspace/emulator.ts';
import type { DocSpaceScenario } from '../../../src/testing/docspace/scenario.ts';
import { oracleEpmEmulator } from '../../../src/testing/oracle-epm/emulator.ts';
import type { OracleEpmScenario } from '../../../src/testing/oracle-epm/scenario.ts';
import { veeamM365Emulator } from '../../../src/testing/veeam-m365/emulator.ts';
import type { VeeamM365ScenarioName } from '../../../src/testing/veeam-m365/scenarios.ts';
import { virtualClock } from '../../../src/testing/virtual-clock.ts';
import {
  VeeamM365V5Client,
  VeeamM365V6Client,
  VeeamM365V7Client,
  VeeamM365V8Client,
  veeamPassword,
} from '../../../src/veeam-m365/index.ts';
import { scriptedServer } from '../../support/scripted-server.ts';
import { ORIGINS } from './clients.ts';

type Fresh = () => Promise<Operation<RestoreResult>>;

const INSTANCE = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const BACKUP_OF_INSTANCE = '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55';
const PORTAL_BACKUP = '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11';
const SERVER_DUMP = '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a14';
const MOMENT = '2025-12-31T12:00:00.1234567Z';
const SNAPSHOT = 'Artifact Snapshot';
const OTHER_URL = 'https://epm-acme-test.epm.us-phoenix-1.ocs.oraclecloud.com';
const BUCKET = 'https://swiftobjectstorage.us-phoenix-1.oraclecloud.com/v1/acme/backups/april.zip';
const otherLogin = { username: 'jane', password: 'a-password-of-somebody' };
const VEEAM = {
  v5: { Client: VeeamM365V5Client, baseUrl: ORIGINS.veeam5 },
  v6: { Client: VeeamM365V6Client, baseUrl: ORIGINS.veeam6 },
  v7: { Client: VeeamM365V7Client, baseUrl: ORIGINS.veeam7 },
  v8: { Client: VeeamM365V8Client, baseUrl: ORIGINS.veeam8 },
} as const;
type VeeamVersion = keyof typeof VEEAM;
const VEEAM_VERSIONS = ['v5', 'v6', 'v7', 'v8'] as const;
const note = 'CHANGE-4711: Prüfung "Q3"';

/** By the name of its golden file: the same operation, started by the present code with the same input. */
export const freshStarts: Readonly<Record<string, Fresh>> = {
  'oracle-epm.restore-environment': () => restoreEnvironment(),
  'oracle-epm.restore-environment.ended-at-once': () =>
    restoreEnvironment({ start: { atOnce: { status: 0, details: 'Environment backup restored successfully' } } }),
  'oracle-epm.copy-backup': () =>
    epmClient().backups.copy({ backupName: '2026-04-23T08:48:06/Artifact_Snapshot.zip', note }),
  'oracle-epm.export-snapshot': () => epmClient().snapshots.export({ snapshotName: SNAPSHOT, note }),
  'oracle-epm.import-snapshot': () => epmClient().snapshots.import({ snapshotName: SNAPSHOT, note }),
  'oracle-epm.copy-snapshot': () =>
    epmClient().snapshots.copyFrom({ snapshotName: 'April', sourceUrl: OTHER_URL, ...otherLogin, note }),
  'oracle-epm.recreate': () => epmClient().snapshots.recreate({ note }),
  'oracle-epm.clone-environment': () =>
    epmClient().environment.clone({
      targetUrl: OTHER_URL,
      targetUsername: otherLogin.username,
      targetPassword: otherLogin.password,
      backupName: '2026-04-23T08:48:06/Environment_Backup',
      note,
    }),
  'oracle-epm.run-maintenance': () => epmClient().maintenance.run({ note }),
  'oracle-epm.copy-to-object-storage': () =>
    epmClient().files.copyToObjectStorage({ name: SNAPSHOT, url: BUCKET, ...otherLogin, note }),
  'oracle-epm.copy-from-object-storage': () =>
    epmClient().files.copyFromObjectStorage({ name: 'April', url: BUCKET, ...otherLogin, note }),
  'oracle-epm.upload': async () =>
    (await epmClient().files.upload({ name: 'April.zip', source: new Uint8Array(5), note })).operation,

  'cloud-foundry.restore-service-instance': () =>
    foundationClient().serviceInstances.restore({
      into: INSTANCE,
      from: { backupId: BACKUP_OF_INSTANCE, createdAt: new Date('2026-04-23T08:48:06Z') },
      note,
    }),
  'cloud-foundry.restore-service-instance.finished-at-once': () =>
    new CloudFoundryClient({
      baseUrl: ORIGINS.cf,
      auth: bearerToken('a-token-of-somebody'),
      clock: virtualClock(),
      fetch: scriptedServer(Response.json({ guid: INSTANCE, last_operation: { state: 'succeeded' } })).fetch,
    }).serviceInstances.restore({ into: INSTANCE, from: { pointInTime: '2026-04-23T08:48:06Z' }, note }),
  // The list from before could not be read.
  'cloud-foundry.create-backup': () => foundationClient({ listsBackups: false }).backups.create(INSTANCE, { note }),
  'cloud-foundry.create-backup.compared': () => foundationClient().backups.create(INSTANCE, { note }),

  ...Object.fromEntries(
    VEEAM_VERSIONS.flatMap((version): readonly (readonly [string, Fresh])[] => [
      [`veeam-m365-${version}.restore-session`, () => exploreOrganization(version)],
      [`veeam-m365-${version}.mailbox-restore`, () => restoreMailbox(version)],
      [`veeam-m365-${version}.one-drive-restore`, () => restoreOneDrive(version)],
      [`veeam-m365-${version}.site-restore`, () => restoreDocument(version)],
      [`veeam-m365-${version}.team-restore`, () => restorePosts(version)],
    ]),
  ),
  'veeam-m365-v6.restore-session.of-a-job': () => {
    const { client, emulator } = veeam('v6');
    return client.jobs.explore(emulator.jobIds[0], { dateTime: MOMENT, type: 'vesp', note });
  },

  'docspace.backup': () => portalClient('success').backups.create({ storage: 'documents', folderId: '12', note }),
  'docspace.restore': () =>
    portalClient('success').portal.restore({
      backupId: PORTAL_BACKUP,
      backupCreatedAt: '2026-06-29T02:00:00Z',
      note,
    }),
  'docspace.restore.dump-of-unsure-identity': async () => {
    const client = portalClient({ edition: 'standalone', locksAtPercent: 60, credentialsSurvive: true });
    const input = { backupId: SERVER_DUMP, backupCreatedAt: '2026-06-26T02:00:00Z', dump: true } as const;
    await client.portal.restore(input);
    return client.portal.restore({ ...input, note });
  },
};

function epmClient(scenario: OracleEpmScenario = {}): OracleEpmClient {
  const clock = virtualClock();
  return new OracleEpmClient({
    baseUrl: ORIGINS.epm,
    auth: basicAuth({ username: 'admin', password: 'secret' }),
    clock,
    fetch: oracleEpmEmulator({ clock, scenario }).fetch,
  });
}

function restoreEnvironment(scenario: OracleEpmScenario = {}): Promise<Operation<RestoreResult>> {
  return epmClient(scenario).environment.restore({
    backupName: '2026-04-23T08:48:06/Environment_Backup',
    dailyMaintenanceStartTime: false,
    note,
  });
}

function foundationClient({ listsBackups = true } = {}): CloudFoundryClient {
  const clock = virtualClock();
  const { fetch } = cloudFoundryEmulator({ clock });
  return new CloudFoundryClient({
    baseUrl: ORIGINS.cf,
    auth: uaaPassword({ username: 'admin', password: 'secret' }),
    clock,
    fetch: async (input, init) =>
      !listsBackups && init?.method === 'GET' && /\/backups$/.test(String(input))
        ? Response.json({ errors: [] }, { status: 403 })
        : fetch(input, init),
  });
}

function veeam(version: VeeamVersion, scenario: VeeamM365ScenarioName = 'ends-by-itself') {
  const clock = virtualClock();
  const emulator = veeamM365Emulator({ clock, scenario });
  const { Client, baseUrl } = VEEAM[version];
  const client = new Client({
    baseUrl,
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
    clock,
    fetch: emulator.fetch,
  });
  return { client, emulator };
}

function exploreOrganization(version: VeeamVersion): Promise<Operation<RestoreResult>> {
  const { client, emulator } = veeam(version);
  return client.organizations.explore(emulator.organizationId, { dateTime: MOMENT, type: 'vex', note });
}

/**
 * Up to v7 the answer of a restore is lost, so that the events of its session tell the end here too. Since v8 the answer is the
 * id of the restore.
 */
const scenarioOfRestore = (version: VeeamVersion): VeeamM365ScenarioName =>
  version === 'v8' ? 'ends-by-itself' : 'connection-dies-during-a-restore';

async function restoreMailbox(version: VeeamVersion): Promise<Operation<RestoreResult>> {
  const { client, emulator } = veeam(version, scenarioOfRestore(version));
  const session = await client.organizations.explore(emulator.organizationId, { dateTime: MOMENT, type: 'vex' });
  return session.mailboxes.restore(emulator.mailboxes[0]?.id ?? '', { note });
}

async function sessionOf(version: VeeamVersion, type: 'veod' | 'vesp' | 'vet') {
  const { client, emulator } = veeam(version, scenarioOfRestore(version));
  const session = await client.organizations.explore(emulator.organizationId, { dateTime: MOMENT, type });
  return { session, emulator };
}

async function restoreOneDrive(version: VeeamVersion): Promise<Operation<RestoreResult>> {
  const { session, emulator } = await sessionOf(version, 'veod');
  return session.oneDrives.restore(emulator.oneDrives[0]?.id ?? '', { documentAction: 'overwrite', note });
}

async function restoreDocument(version: VeeamVersion): Promise<Operation<RestoreResult>> {
  const { session, emulator } = await sessionOf(version, 'vesp');
  return session.sites.documents.restore(emulator.sites[0]?.id ?? '', 'document-1', { note });
}

async function restorePosts(version: VeeamVersion): Promise<Operation<RestoreResult>> {
  const { session, emulator } = await sessionOf(version, 'vet');
  return session.teams.posts.restore(emulator.teams[0]?.id ?? '', { channelId: '19:general@thread.tacv2', note });
}

function portalClient(scenario: DocSpaceScenario | 'success'): DocSpaceClient {
  const clock = virtualClock();
  const emulator = docspaceEmulator({ clock, scenario });
  return new DocSpaceClient({
    baseUrl: ORIGINS.docspace,
    auth: docspaceApiKey(emulator.credentials.apiKey),
    clock,
    fetch: emulator.fetch,
  });
}
