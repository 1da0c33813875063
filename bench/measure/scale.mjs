/**
 * Starts restores over loopback and waits for all at once, with five polls each, 0.2 s apart. `node scale.mjs <way>
 * <how many>`
 */
import { CloudFoundryClient } from '../../dist/cloud-foundry.js';
import { bearerToken } from '../../dist/index.js';
import { ConcurrencyLimit, defineOperation, SharedPolling, waitForCompletion } from '../../dist/operation.js';
import { startServer } from './start-server.mjs';
import { tell } from './tell.mjs';
import { waiters } from './waiters.mjs';

const [way, count] = [process.argv[2], Number(process.argv[3])];
const INTERVAL_MS = 200;
const server = await startServer();

async function post() {
  const answer = await fetch(`${server.baseUrl}/v3/restores`, { method: 'POST', redirect: 'manual' });
  await answer.arrayBuffer();
  return answer.headers.get('location').split('/').at(-1);
}

async function poll(id) {
  return (await (await fetch(`${server.baseUrl}/v3/jobs/${id}`)).json()).state === 'COMPLETE';
}

function capped(most) {
  const limit = new ConcurrencyLimit(most);
  return (work) => limit.run(work);
}

/** A helper without a limit: requests of waits that wake up at the same time are all sent at once. */
async function uncapped(helper, run = (work) => work()) {
  const wait = await waiters[helper]();
  const ids = [];
  return async (index) => {
    ids[index] = await run(post);
    await wait(index, (each) => run(() => poll(ids[each])), INTERVAL_MS);
  };
}

/** The waiting part of the package, with the same bare `fetch` as the others. */
function operations() {
  const limit = new ConcurrencyLimit(64);
  const shared = new SharedPolling();
  return async () => {
    const id = await limit.run(post);
    const operation = defineOperation({
      kind: 'bench/restore',
      id,
      startedAt: new Date(),
      shared,
      poll: () =>
        limit.run(async () => ((await poll(id)) ? { state: 'succeeded', result: undefined } : { state: 'running' })),
    });
    await waitForCompletion(operation, { cadence: () => INTERVAL_MS });
  };
}

/** The whole package: typed client, credentials, validated answers, events. */
function client() {
  const cf = new CloudFoundryClient({ baseUrl: server.baseUrl, auth: bearerToken('token') });
  return async (index) => {
    const operation = await cf.serviceInstances.restore({ into: `instance-${index}`, from: 'server-default' });
    await waitForCompletion(operation, { cadence: () => INTERVAL_MS });
  };
}

const ways = {
  'bare loop': () => uncapped('bare'),
  'bare loop, 64 in flight': () => uncapped('bare', capped(64)),
  'core-lro': () => uncapped('core-lro'),
  'util-waiter': () => uncapped('util-waiter'),
  'restorekit operations': operations,
  'restorekit client': client,
};

const begin = await ways[way]();
await begin(0);
const before = { wall: performance.now(), cpu: process.cpuUsage(), heap: process.memoryUsage().heapUsed };
let peakHeap = before.heap;
const watch = setInterval(() => {
  peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed);
}, 50);
const ends = await Promise.allSettled(Array.from({ length: count }, (_, index) => begin(index + 1)));
clearInterval(watch);
const { user, system } = process.cpuUsage(before.cpu);
const wallS = (performance.now() - before.wall) / 1_000;
const requests = await server.stop();
tell({
  wallS,
  cpuS: (user + system) / 1e6,
  peakHeapPerWait: (peakHeap - before.heap) / count,
  peakRssMb: process.resourceUsage().maxRSS / 1_024,
  // Without the requests of the warm-up.
  requests: requests - 6,
  lost: ends.filter(({ status }) => status === 'rejected').length,
});
