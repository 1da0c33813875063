import type { Secret } from '../auth/auth.ts';
import { basicAuth } from '../auth/basic-auth.ts';
import type { SampleCalls } from '../client/sample-calls.ts';
import { OracleEpmClient } from './client.ts';
import { restoreKind } from './job-kinds.ts';

const login = (password: Secret) => basicAuth({ username: 'admin', password });
const backupName = '2026-04-23T08:48:06/Environment_Backup';
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
        },
        callsWithText: {
          attach: async (id) => client.attach({ id }).poll(),
          resume: async (id) => client.resume(handle(id)).poll(),
          restore: (text) => client.environment.restore({ backupName: `${backupName}${text}` }),
          copy: (text) => client.backups.copy({ backupName: text, targetName: text }),
        },
      };
    },
  },
};
