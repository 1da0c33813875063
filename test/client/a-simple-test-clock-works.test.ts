import { waitForCompletion } from 'restorekit/operation';
import { expect, it } from 'vitest';
import { clientOf, JOB } from '../http/cloud-foundry-client.ts';
import { scriptedServer } from '../support/scripted-server.ts';

it('a sleep that lets the time pass at once makes no answer late, and only the pauses take time', async () => {
  let now = Date.UTC(2026, 0, 1);
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const server = scriptedServer((_, index) => Response.json({ ...JOB, state: index < 5 ? 'PROCESSING' : 'COMPLETE' }));
  const { cf } = clientOf({ clock, fetch: server.fetch });
  const done = await waitForCompletion(cf.attach({ id: 'job-1' }), { timeoutMs: 60_000, cadence: () => 5_000 });
  expect(done).toMatchObject({ state: 'succeeded', polls: 6, unreachableMs: 0 });
  expect(done.elapsedMs).toBe(30_000);
});
