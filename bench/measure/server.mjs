/**
 * A loopback server with restores that end at their fifth poll. It prints its port on the first line, and its counts
 * when its input ends.
 */
import { createServer } from 'node:http';

const POLLS = 5;
const polls = new Map();
let requests = 0;

const server = createServer((request, response) => {
  requests += 1;
  request.resume();
  const id = /^\/v3\/jobs\/([\w.-]+)$/.exec(request.url)?.[1];
  if (id === undefined) {
    response.writeHead(202, { location: `http://${request.headers.host}/v3/jobs/${requests}` }).end();
    return;
  }
  const seen = (polls.get(id) ?? 0) + 1;
  polls.set(id, seen);
  const isOver = id !== 'endless' && seen >= POLLS;
  const body = JSON.stringify({
    guid: id,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:10Z',
    operation: 'service_instance.restore',
    state: isOver ? 'COMPLETE' : 'PROCESSING',
    links: { self: { href: `http://${request.headers.host}/v3/jobs/${id}` } },
    errors: [],
    warnings: [],
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
});
server.keepAliveTimeout = 60_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 16_384 }, () => {
  process.stdout.write(`${server.address().port}\n`);
});
process.stdin.on('end', () => {
  process.stdout.write(`${requests}\n`, () => process.exit(0));
});
process.stdin.resume();
