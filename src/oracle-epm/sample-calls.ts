import type { Secret } from '../auth/auth.ts';
import { basicAuth } from '../auth/basic-auth.ts';
import type { SampleCalls } from '../client/sample-calls.ts';
import { OracleEpmClient } from './client.ts';
import { restoreKind } from './job-kinds.ts';

const login = (password: Secret) => basicAuth({ username: 'admin', password });
const backupName = '2026-04-23T08:48:06/Environment_Backup';
const snapshotName = 'Artifact Snapshot';
const OTHER = 'https://epm-other.example.org';
const otherLogin = { username: 'jane', password: 'a-password-of-jane' };
const startedAt = '2026-01-01T00:00:00.000Z';

export const sampleCalls: Readonly<Record<string, SampleCalls>> = {
  'Oracle EPM': {
    login,
    withoutLogin: login,
    connect: (options) => {
      const client = new OracleEpmClient(options);
      const { kind } = restoreKind;
      const handle = (id: string) => ({ v: 1, kind, id, baseUrl: client.baseUrl, startedAt }) as const;
      return {
        client,
        target: {},
        start: () => client.environment.restore({ backupName, dailyMaintenanceStartTime: false }),
        calls: {
          backups: () => client.backups.list().toArray(),
          copy: () => client.backups.copy({ backupName: '2026-04-23T08:48:06/Artifact_Snapshot.zip' }),
          files: () => client.files.list().toArray(),
          download: async () => {
            const { stream, completed } = await client.files.download(snapshotName);
            for await (const _ of stream);
            return completed;
          },
          upload: () => client.files.upload({ name: 'April.zip', source: new Uint8Array(5) }),
          export: () => client.snapshots.export({ snapshotName }),
          copyFrom: () => client.snapshots.copyFrom({ snapshotName, sourceUrl: OTHER, ...otherLogin }),
          rename: () => client.snapshots.rename({ snapshotName, newName: 'April' }),
          maintenance: () => client.maintenance.get(),
          setMaintenance: () => client.maintenance.set({ startTime: '08:00' }),
          runMaintenance: () => client.maintenance.run(),
          toStorage: () => client.files.copyToObjectStorage({ name: snapshotName, url: OTHER, ...otherLogin }),
        },
        callsWithText: {
          attach: async (id) => client.attach({ id }).poll(),
          resume: async (id) => client.resume(handle(id)).poll(),
          restore: (text) => client.environment.restore({ backupName: `${backupName}${text}` }),
          copy: (text) => client.backups.copy({ backupName: text, targetName: text }),
          download: (text) => client.files.download(text),
          downloadAtOnce: (text) => client.files.download(text, { api: 'v1' }),
          upload: (text) => client.files.upload({ name: text, source: new Uint8Array(5) }),
          uploadInto: (text) => client.files.upload({ name: 'a.csv', directory: text, source: new Uint8Array(5) }),
          import: (text) => client.snapshots.import({ snapshotName: text }),
          clone: (text) =>
            client.environment.clone({
              targetUrl: OTHER,
              targetUsername: text,
              targetPassword: otherLogin.password,
              snapshotName: text,
            }),
          attachJob: async (id) => client.attachJob({ kind: 'oracle-epm/import-snapshot', id }).poll(),
        },
      };
    },
  },
};
