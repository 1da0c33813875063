/** Restores a hundred databases at once, as after an incident, with one client and one line of progress. */
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { type Operation, waitForAll } from 'restorekit/operation';
import { describeError, exitCodeFor, progressDisplay } from 'restorekit/terminal';
import { cloudFoundryEmulator } from 'restorekit/testing';

const SIZE = Number(process.argv[2] ?? 100);
const databases = Array.from({ length: SIZE }, (_, index) => ({
  guid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  name: `db-${index}`,
  backupId: `backup-of-${index}`,
}));
const serviceInstances = databases.map(({ backupId, ...database }) => ({
  ...database,
  backups: [{ id: backupId, createdAt: '2026-04-23T08:48:06Z' }],
}));
const emulator = cloudFoundryEmulator({ serviceInstances, scenario: { durationMs: 8_000 } });
const cf = new CloudFoundryClient({
  baseUrl: 'https://api.example.org',
  fetch: emulator.fetch,
  auth: uaaPassword({ username: 'admin', password: 'secret' }),
});

const display = progressDisplay();
const line = display.track(`${SIZE} restores`);
// The client sends at most `maxInFlight` (64) requests at a time. A refused start must not hide the others.
const starts = await Promise.allSettled(
  databases.map(({ guid, backupId }) => cf.serviceInstances.restore({ into: guid, from: { backupId } })),
);
const operations = starts.flatMap((start): Operation<unknown>[] => (start.status === 'fulfilled' ? [start.value] : []));
line.say(`${operations.length} started`);

const ends = await waitForAll(operations, { cadence: () => 2_000 });
const succeeded = ends.filter(({ status }) => status === 'fulfilled').length;
if (succeeded === SIZE) line.succeed();
else line.fail(`${succeeded} succeeded`);
for (const outcome of [...starts, ...ends]) {
  if (outcome.status === 'rejected') console.error(describeError(outcome.reason));
}
console.log(`${succeeded} of ${SIZE} succeeded, ${emulator.requests.length} requests`);
// The worst outcome decides, including refused starts.
process.exitCode = exitCodeFor([...starts.filter(({ status }) => status === 'rejected'), ...ends]);
