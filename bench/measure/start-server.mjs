import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts the loopback server in a separate process, so that its CPU is not counted. */
export async function startServer() {
  const child = spawn(process.execPath, [new URL('server.mjs', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const port = Number((await lines.next()).value);
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    /** Stops the server and returns the number of its requests. */
    async stop() {
      child.stdin.end();
      return Number((await lines.next()).value);
    },
  };
}
