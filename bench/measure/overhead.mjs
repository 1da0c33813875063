/** Wall time and CPU of one GET with a JSON answer over loopback, one after another. `node overhead.mjs <requests>` */
import createClient from 'openapi-fetch';
import { CloudFoundryClient } from '../../dist/cloud-foundry.js';
import { bearerToken } from '../../dist/index.js';
import { startServer } from './start-server.mjs';
import { tell } from './tell.mjs';

const perRound = Number(process.argv[2]);
const server = await startServer();
const headers = { authorization: 'bearer token', accept: 'application/json' };
const typed = createClient({ baseUrl: server.baseUrl, headers });
const client = new CloudFoundryClient({ baseUrl: server.baseUrl, auth: bearerToken('token') });

const ways = {
  'bare fetch': async () => (await fetch(`${server.baseUrl}/v3/jobs/endless`, { headers })).json(),
  'openapi-fetch': () => typed.GET('/v3/jobs/{guid}', { params: { path: { guid: 'endless' } } }),
  'restorekit client': () => client.jobs.get('endless'),
};
const rounds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));

for (let turn = 0; turn < 10; turn += 1) {
  for (const [name, send] of Object.entries(ways)) {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    for (let request = 0; request < perRound; request += 1) await send();
    const { user, system } = process.cpuUsage(cpu);
    // The first round is a warm-up.
    if (turn > 0) {
      const wallUs = (1_000 * (performance.now() - wall)) / perRound;
      rounds[name].push({ wallUs, cpuUs: (user + system) / perRound });
    }
  }
}
await server.stop();

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
tell(
  Object.fromEntries(
    Object.entries(rounds).map(([name, all]) => [
      name,
      { wallUs: median(all.map((each) => each.wallUs)), cpuUs: median(all.map((each) => each.cpuUs)) },
    ]),
  ),
);
