import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OracleEpmEmulator, oracleEpmEmulator } from 'restorekit/testing';
import { expect } from 'vitest';
import type { Guide } from '../guide.ts';

const TARGET = 'https://epm-acme-test.epm.us-phoenix-1.ocs.oraclecloud.com';
const BACKUP = '2026-04-23T08:48:06/Environment_Backup';
const SNAPSHOT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d_Artifact_Snapshot\.zip$/;

const guide: Guide<OracleEpmEmulator> = {
  // Jobs of a moment: the scripts wait in real time.
  emulator: () => oracleEpmEmulator({ scenario: { durationMs: 50, job: { durationMs: 50 } } }),
  env: (url) => ({
    EPM_URL: `${url}/epmcloud`,
    EPM_USERNAME: 'admin',
    EPM_PASSWORD: 'secret',
    EPM_SOURCE_URL: `${TARGET}/`,
    EPM_SOURCE_USERNAME: 'jane',
    EPM_SOURCE_PASSWORD: 'a-password-of-jane',
    EPM_TARGET_URL: TARGET,
    EPM_TARGET_USERNAME: 'jane',
    EPM_TARGET_PASSWORD: 'a-password-of-jane',
    BUCKET_URL: 'https://swiftobjectstorage.us-phoenix-1.oraclecloud.com/v1/acme/backups/april.zip',
    BUCKET_USERNAME: 'oracleidentitycloudservice/jane',
    BUCKET_AUTH_TOKEN: 'an-auth-token',
  }),
  scripts: {
    'list.ts': {
      prints: [/^environment-backup 2026-04-23T08:48:06\.000Z 2026-04-23T/m, /^snapshot no size Artifact Snapshot$/m],
      check: ({ requests }) => expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET']),
    },
    'restore.ts': {
      args: ['CHANGE-4711'],
      prints: ['data as of 2026-04-23T08:48:06.000Z', 'maintenance 19:00 -> 19:00', /^Inbox, outbox and stored/m],
      check: ({ environment, restores }) => {
        expect(environment).toMatchObject({ application: 'restored', contents: BACKUP, maintenanceStartTime: '19:00' });
        expect(restores).toHaveLength(1);
      },
    },
    'nightly-snapshot.ts': {
      check: (_, folder) => {
        const name = readdirSync(folder).find((file) => /^snapshot-[\d-]{10}\.zip$/.test(file)) ?? '';
        const sha256 = createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex');
        expect(readFileSync(join(folder, `${name}.sha256`), 'utf8')).toBe(`${sha256}  ${name}\n`);
      },
    },
    'copy-and-import.ts': {
      args: ['CHANGE-4712'],
      check: ({ environment }) => {
        expect(environment).toMatchObject({ application: 'imported', contents: expect.stringMatching(SNAPSHOT) });
      },
    },
    'upload-and-import.ts': {
      args: ['CHANGE-4713', 'April.zip'],
      files: { 'April.zip': 'PK, a snapshot' },
      prints: [createHash('sha256').update('PK, a snapshot').digest('hex')],
      check: ({ environment }) => expect(environment).toMatchObject({ application: 'imported', contents: 'April.zip' }),
    },
    'export.ts': {
      args: ['Artifact Snapshot'],
      check: ({ requests }) => expect(requests[0]?.path).toBe('/interop/rest/v2/snapshots/export'),
    },
    'copy-from.ts': { check: ({ environment }) => expect(environment.files).toContain('April') },
    'maintenance.ts': {
      prints: ['daily at 19:00', `latest ${BACKUP}`],
      check: ({ environment }) => {
        expect(environment).toMatchObject({ maintenanceRuns: 1, skipsNextMaintenance: true });
      },
    },
    'clone.ts': {
      args: ['CHANGE-4714'],
      check: ({ environment, restores }) => {
        expect(environment.clonedTo).toEqual([TARGET]);
        expect(restores).toHaveLength(1);
      },
    },
    'keep.ts': { args: ['Artifact Snapshot', 'Before the close'], prints: [/^Before the close$/m] },
    'object-storage.ts': {
      check: ({ requests }) => expect(requests[0]?.path).toBe('/interop/rest/v2/objectstorage/copyto'),
    },
  },
};

export default guide;
