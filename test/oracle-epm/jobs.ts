import type { Operation } from '../../src/operation/index.ts';
import type { EpmJobResult, OracleEpmClient } from '../../src/oracle-epm/index.ts';

export const SECRET = 'correct-horse-battery-staple';
export const OTHER_URL = 'https://epm-test.example.org';
export const BUCKET = 'https://swiftobjectstorage.us-phoenix-1.oraclecloud.com/v1/acme/backups/april.zip';
const ENVIRONMENT_BACKUP = '2026-04-23T08:48:06/Environment_Backup';
const BASE64 = Buffer.from(SECRET).toString('base64');

export interface JobSample {
  readonly kind: string;
  readonly start: (epm: OracleEpmClient, note?: string) => Promise<Operation<EpmJobResult>>;
  readonly request: string;
  readonly body: object;
  /** The path of the status by which a job is known of which only the id is known; undefined if none is documented. */
  readonly folder: string | undefined;
  /** What a failed start leaves open. */
  readonly what: RegExp;
}

/** Each job that is started by a JSON request. */
export const jobSamples: readonly JobSample[] = [
  {
    kind: 'oracle-epm/export-snapshot',
    start: (epm, note) => epm.snapshots.export({ snapshotName: 'Artifact Snapshot', note }),
    request: 'POST /interop/rest/v2/snapshots/export',
    body: { snapshotName: 'Artifact Snapshot' },
    folder: '/interop/rest/v2/status/migration/',
    what: /the export of Artifact Snapshot/,
  },
  {
    kind: 'oracle-epm/import-snapshot',
    start: (epm, note) => epm.snapshots.import({ snapshotName: 'Artifact Snapshot', note }),
    request: 'POST /interop/rest/v2/snapshots/import',
    body: { snapshotName: 'Artifact Snapshot', parameters: { importUsers: 'false' } },
    folder: '/interop/rest/v2/status/migration/',
    what: /the import of Artifact Snapshot/,
  },
  {
    kind: 'oracle-epm/copy-snapshot',
    start: (epm, note) =>
      epm.snapshots.copyFrom({
        snapshotName: 'April',
        sourceUrl: `${OTHER_URL}/epmcloud/`,
        username: 'jane',
        password: SECRET,
        note,
      }),
    request: 'POST /interop/rest/v2/snapshots/copyfrominstance',
    body: { snapshotName: 'April', userName: 'jane', fpwd: BASE64, sourceURL: OTHER_URL },
    folder: '/interop/rest/v2/status/jobs/',
    what: /the copy of April/,
  },
  {
    kind: 'oracle-epm/recreate',
    start: (epm, note) => epm.snapshots.recreate({ removeAll: true, serviceType: 'ARCS', note }),
    request: 'POST /interop/rest/v2/config/services/recreate',
    body: { parameters: { removeAll: 'true', tempServiceType: 'ARCS' } },
    folder: undefined,
    what: /the deletion of the application/,
  },
  {
    kind: 'oracle-epm/clone-environment',
    start: (epm, note) =>
      epm.environment.clone({
        targetUrl: `${OTHER_URL}/HyperionPlanning`,
        targetUsername: 'jane',
        targetPassword: SECRET,
        backupName: ENVIRONMENT_BACKUP,
        dailyMaintenanceStartTime: false,
        jobConsole: false,
        note,
      }),
    request: 'POST /interop/rest/v1/services/clone',
    body: {
      targetURL: OTHER_URL,
      targetUsername: 'jane',
      targetEncryptPassword: BASE64,
      parameters: {
        environmentBackup: ENVIRONMENT_BACKUP,
        usersAndPreDefinedRoles: 'False',
        storedSnapshotsAndFiles: 'False',
        maintenanceStartTime: 'False',
        jobConsole: 'False',
      },
    },
    folder: undefined,
    what: /the clone to https:\/\/epm-test\.example\.org/,
  },
  {
    kind: 'oracle-epm/run-maintenance',
    start: (epm, note) => epm.maintenance.run({ skipNext: true, note }),
    request: 'POST /interop/rest/v2/maintenance/rundailymaintenance',
    body: { skipNext: 'true' },
    folder: '/interop/rest/v2/status/service/maintenancewindow/',
    what: /the daily maintenance/,
  },
  {
    kind: 'oracle-epm/copy-to-object-storage',
    start: (epm, note) =>
      epm.files.copyToObjectStorage({
        name: 'Artifact Snapshot',
        url: BUCKET,
        username: 'jane',
        password: SECRET,
        note,
      }),
    request: 'POST /interop/rest/v2/objectstorage/copyto',
    body: { url: BUCKET, username: 'jane', password: SECRET, filepath: 'Artifact Snapshot' },
    folder: '/interop/rest/v2/status/jobs/',
    what: /the copy of Artifact Snapshot to the object storage/,
  },
  {
    kind: 'oracle-epm/copy-from-object-storage',
    start: (epm, note) =>
      epm.files.copyFromObjectStorage({ name: 'April', url: BUCKET, username: 'jane', password: SECRET, note }),
    request: 'POST /interop/rest/v2/objectstorage/copyfrom',
    body: { url: BUCKET, username: 'jane', password: SECRET, filepath: 'April' },
    folder: '/interop/rest/v2/status/jobs/',
    what: /the copy of April from the object storage/,
  },
];
