/**
 * Requests that the Veeam emulator sees while one client waits for so many sessions, in virtual time.
 * `node sessions.mjs <sessions> <minutes that each takes>`
 */
import { waitForAll } from '../../dist/operation.js';
import { veeamM365Emulator, virtualClock } from '../../dist/testing.js';
import { VeeamM365V6Client, veeamPassword } from '../../dist/veeam-m365.js';
import { tell } from './tell.mjs';

const [sessions, minutes] = [Number(process.argv[2]), Number(process.argv[3])];
const clock = virtualClock();
const emulator = veeamM365Emulator({ clock, scenario: { durationMs: minutes * 60_000 } });
const veeam = new VeeamM365V6Client({
  baseUrl: 'https://veeam.example.org:4443',
  auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
  fetch: emulator.fetch,
  clock,
});
const begun = [];
for (let index = 0; index < sessions; index += 1) {
  begun.push(await veeam.jobs.explore(emulator.jobIds[0], { dateTime: new Date(clock.now()), type: 'vex' }));
}
const before = emulator.requests.length;
const ends = await waitForAll(begun);
if (ends.some(({ status }) => status === 'rejected')) throw new Error('A session was lost.');
const sent = emulator.requests.slice(before).map(({ operationId }) => operationId);
tell({
  requests: sent.length,
  lists: sent.filter((operation) => operation === 'listRestoreSessions').length,
  reads: sent.filter((operation) => operation === 'getRestoreSession').length,
});
