import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allSucceeded } from './all-succeeded.ts';
import { emulatorOf, systemNames } from './programs/restore-systems.ts';
import { bundledForTheWeb, peerAt } from './runtimes.ts';

/** No compatibility flag, so nothing of Node is there. The network is closed but for this machine. */
const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
      compatibilityDate = "2026-01-01",
      globalOutbound = "this-machine",
    )),
    (name = "this-machine", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

const folder = mkdtempSync(join(tmpdir(), 'restorekit-worker-'));
let workerd: ChildProcess;
let url: string;

beforeAll(async () => {
  writeFileSync(join(folder, 'worker.mjs'), bundledForTheWeb('in-a-worker.ts'));
  writeFileSync(join(folder, 'config.capnp'), configuration);
  const binary = join(peerAt('@cloudflare/workerd-linux-64'), 'bin/workerd');
  workerd = spawn(binary, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    workerd.on('error', reject);
    workerd.on('close', (code) => reject(new Error(`workerd has ended with ${code}.`)));
    workerd.stdio[3]?.on('data', (data: Buffer) => {
      for (const line of String(data).split('\n').filter(Boolean)) {
        const { event, port } = JSON.parse(line);
        if (event === 'listen') resolve(port);
      }
    });
  });
  url = `http://127.0.0.1:${port}/`;
});
afterAll(() => {
  workerd?.kill();
  rmSync(folder, { recursive: true });
});

const answerTo = async (query: Readonly<Record<string, string>> = {}): Promise<unknown> =>
  (await fetch(`${url}?${new URLSearchParams(query)}`)).json();

describe.concurrent('workerd', () => {
  it('restores each system in the Worker', async () => {
    expect(await answerTo()).toEqual(allSucceeded);
  });

  it.each(systemNames)('restores %s over loopback', async (system) => {
    const emulator = emulatorOf(system);
    const server = await emulator.listen();
    try {
      expect(await answerTo({ system, baseUrl: server.url })).toEqual({ state: 'succeeded' });
      expect(emulator.restores).toHaveLength(1);
    } finally {
      await server.close();
    }
  });
});
