import { bearerToken } from '../auth/bearer-token.ts';
import type { ClientOptions } from '../client/client-options.ts';
import type { SampleCalls } from '../client/sample-calls.ts';
import { waitForCompletion } from '../operation/wait-for-completion.ts';
import type { VeeamM365Client } from './client.ts';
import { VeeamM365V5Client } from './v5-client.ts';
import { VeeamM365V6Client } from './v6-client.ts';
import { VeeamM365V7Client } from './v7-client.ts';
import { VeeamM365V8Client } from './v8-client.ts';
import { veeamPassword } from './veeam-password.ts';

const ORGANIZATION = '3c424478-0811-4920-8aab-01f0bf2a2822';
const MAILBOX = '7c1f3a52-94a4-4c0e-8f0e-000000000001';
const startedAt = '2026-01-01T00:00:00.000Z';

export const sampleCalls: Readonly<Record<string, SampleCalls>> = {
  'Veeam v5': callsOf((options) => new VeeamM365V5Client(options)),
  'Veeam v6': callsOf((options) => new VeeamM365V6Client(options)),
  'Veeam v7': callsOf((options) => new VeeamM365V7Client(options)),
  'Veeam v8': callsOf((options) => new VeeamM365V8Client(options)),
};

function callsOf(make: (options: ClientOptions) => VeeamM365Client): SampleCalls {
  return {
    login: (password) => veeamPassword({ username: 'DOMAIN\\administrator', password }),
    withoutLogin: bearerToken,
    connect: (options) => {
      const client = make(options);
      const { organizations, jobs, restoreSessions } = client;
      const now = () => new Date(options.clock?.now() ?? 0);
      const session = async () => (await restoreSessions.list().toArray())[0]?.id ?? 'session-1';
      const handle = (id: string) => {
        const [kind = ''] = client.kinds;
        return { v: 1, kind, id, baseUrl: client.baseUrl, startedAt } as const;
      };
      return {
        client,
        target: {},
        start: () => organizations.explore(ORGANIZATION, { dateTime: now(), type: 'vex' }),
        calls: {
          organizations: () => organizations.list().toArray(),
          jobs: () => jobs.list().toArray(),
          sessions: () => restoreSessions.list().toArray(),
          mailboxes: async () =>
            client
              .attach({ id: await session() })
              .mailboxes.list()
              .toArray(),
          restore: async () => {
            const restore = await client.attach({ id: await session() }).mailboxes.restore(MAILBOX);
            return waitForCompletion(restore, { timeoutMs: 300_000 });
          },
          events: async () =>
            client
              .attach({ id: await session() })
              .events()
              .toArray(),
          stop: async () => client.attach({ id: await session() }).stop(),
        },
        callsWithText: {
          organization: (id) => organizations.get(id),
          job: (id) => jobs.get(id),
          session: (id) => restoreSessions.get(id),
          'explore of an organization': (id) => organizations.explore(id, { dateTime: new Date(0), type: 'vex' }),
          'explore of a job': (id) => jobs.explore(id, { dateTime: new Date(0), type: 'vex' }),
          attach: async (id) => client.attach({ id }).poll(),
          stop: async (id) => client.attach({ id }).stop(),
          events: async (id) => client.attach({ id }).events().toArray(),
          mailbox: async (id) => client.attach({ id: 'session-1' }).mailboxes.get(id),
          restore: async (id) => client.attach({ id: 'session-1' }).mailboxes.restore(id),
          resume: async (id) => client.resume(handle(id)).poll(),
        },
      };
    },
  };
}
