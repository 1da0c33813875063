/**
 * Waits for restores of one minute to four hours that begin within a minute, in virtual time and without a transport,
 * with the default pace of each helper. `node --expose-gc virtual.mjs <helper> <how many>`
 */
import { tell } from './tell.mjs';
import { runVirtualTime, useVirtualTime } from './virtual-time.mjs';
import { waiters } from './waiters.mjs';

const [helper, count] = [process.argv[2], Number(process.argv[3])];
const SHORTEST_MS = 60_000;
const LONGEST_MS = 4 * 3_600_000;

const wait = await waiters[helper]();
useVirtualTime();
const begun = Date.now();
const endsAt = new Float64Array(count);
let requests = 0;
let latencyMs = 0;
let heapPerWait = 0;

const check = async (index) => {
  requests += 1;
  const now = Date.now();
  if (now < endsAt[index]) return false;
  latencyMs += now - endsAt[index];
  return true;
};

globalThis.gc();
const heap = process.memoryUsage().heapUsed;
const [wall, cpu] = [performance.now(), process.cpuUsage()];
const waits = [];
for (let index = 0; index < count; index += 1) {
  // Evenly spread in logarithm and shuffled.
  const share = (index * 0.618_033_988_749_895) % 1;
  const beginsAfterMs = (60_000 * index) / count;
  endsAt[index] = Math.round(begun + beginsAfterMs + SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** share);
  setTimeout(() => waits.push(wait(index, check)), beginsAfterMs);
}
// Shortly after the last restore has begun, nearly all waits sleep.
setTimeout(() => {
  globalThis.gc();
  heapPerWait = (process.memoryUsage().heapUsed - heap) / count;
}, 60_500);
await runVirtualTime();
const ends = await Promise.allSettled(waits);
const { user, system } = process.cpuUsage(cpu);
tell({
  wallS: (performance.now() - wall) / 1_000,
  cpuS: (user + system) / 1e6,
  heapPerWait,
  requests,
  latencyS: latencyMs / count / 1_000,
  lost: ends.filter(({ status }) => status === 'rejected').length,
});
