import { bearerToken } from '../../src/auth/bearer-token.ts';
import type { ClientOptions } from '../../src/client/client-options.ts';
import { CloudFoundryClient } from '../../src/cloud-foundry/client.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

export const BASE = 'https://api.example.org';
export const GUID = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
export const JOB = { guid: 'job-1', state: 'POLLING' };

/** A client with one read, one poll and one start within reach, and a token that needs no login. */
export function clientOf(options: Partial<ClientOptions>) {
  const clock = options.clock ?? virtualClock();
  const cf = new CloudFoundryClient({ baseUrl: BASE, auth: bearerToken('the-token-0123'), clock, ...options });
  return {
    cf,
    clock,
    read: (signal?: AbortSignal) => cf.jobs.get('job-1', signal ? { signal } : {}),
    poll: (signal?: AbortSignal) => cf.attach({ id: 'job-1' }).poll(signal ? { signal } : {}),
    start: (signal?: AbortSignal) =>
      cf.serviceInstances.restore({ into: GUID, from: { backupId: 'backup-1' } }, signal ? { signal } : {}),
  };
}
