import { bearerToken } from '../auth/bearer-token.ts';
import type { SampleCalls } from '../client/sample-calls.ts';
import { CloudFoundryClient } from './client.ts';
import { restoreKind } from './job-kinds.ts';
import { uaaPassword } from './uaa.ts';

const INSTANCE = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const startedAt = '2026-01-01T00:00:00.000Z';

export const sampleCalls: Readonly<Record<string, SampleCalls>> = {
  'Cloud Foundry': {
    login: (password) => uaaPassword({ username: 'admin', password }),
    withoutLogin: bearerToken,
    loginElsewhere: { path: '/', place: /links\.(login|uaa)\.href$/ },
    connect: (options) => {
      const client = new CloudFoundryClient(options);
      const { serviceInstances, backups, bindings } = client;
      const { kind } = restoreKind;
      const handle = (id: string) => ({ v: 1, kind, id, baseUrl: client.baseUrl, startedAt }) as const;
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
          bindings: () => bindings.list(INSTANCE).toArray(),
          'shared spaces': () => bindings.inSharedSpaces(INSTANCE),
          job: () => client.jobs.get('job-1'),
        },
        callsWithText: {
          instance: (guid) => serviceInstances.get(guid),
          job: (guid) => client.jobs.get(guid),
          list: async (guid) => backups.list(guid).toArray(),
          'shared spaces': (guid) => bindings.inSharedSpaces(guid),
          bindings: async (guid) => bindings.list(guid).toArray(),
          create: (guid) => backups.create(guid),
          restore: (guid) => serviceInstances.restore({ into: guid, from: 'server-default' }),
          'restore of a backup': (backupId) => serviceInstances.restore({ into: INSTANCE, from: { backupId } }),
          attach: async (id) => client.attach({ id }).poll(),
          resume: async (id) => client.resume(handle(id)).poll(),
        },
      };
    },
  },
};
