import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const template = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

/** The version of the HAProxy that is installed; undefined without one. */
export function haproxyVersion(): string | undefined {
  const { status, stdout } = spawnSync('haproxy', ['-v'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** Puts one HAProxy before emulators that listen; answers the URL before each of them. */
export async function startHaproxy(
  emulatorUrls: readonly string[],
): Promise<{ readonly urls: readonly string[]; stop(): Promise<void> }> {
  const ports = await freePorts(emulatorUrls.length);
  const listens = ports.map((port, index) =>
    template('listen.cfg')
      .replaceAll('@PORT@', String(port))
      .replaceAll('@EMULATOR@', new URL(emulatorUrls[index] ?? '').port),
  );
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-haproxy-'));
  const config = join(folder, 'haproxy.cfg');
  writeFileSync(config, [template('base.cfg'), ...listens].join('\n'));
  const child = spawn('haproxy', ['-db', '-q', '-f', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  await Promise.all(ports.map((port) => accepts(port, child)));
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    stop: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      server.close();
      await once(server, 'close');
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
}

async function accepts(port: number, child: ChildProcess): Promise<void> {
  for (let tried = 0; tried < 100; tried += 1) {
    if (child.exitCode !== null) throw new Error(`HAProxy ended with ${child.exitCode}.`);
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`HAProxy does not listen on ${port}.`);
}
