import { X509Certificate } from 'node:crypto';
import { describe, it } from 'vitest';
import { AUTHORITY, SIGNED } from '../node/certificates.ts';
import { makeConsumer, run } from '../packaging/consumer.ts';
import { emulatorOf, systemNames } from './programs/restore-systems.ts';
import { besideUndici, peerAt, programAt } from './runtimes.ts';
import { tlsFront } from './tls-front.ts';

const trust = { ca: AUTHORITY, fingerprint256: new X509Certificate(SIGNED.cert).fingerprint256 };

describe.concurrent.each(besideUndici)('%s with %s', (_, __, { runtime, undici }) => {
  it('restores each system over TLS', async ({ expect, onTestFinished }) => {
    const systems = systemNames.map((name) => ({ name, emulator: emulatorOf(name) }));
    const urls: Record<string, string> = {};
    for (const { name, emulator } of systems) {
      const front = await tlsFront(emulator, SIGNED);
      onTestFinished(front.close);
      urls[name] = front.url;
    }
    const folder = makeConsumer({
      type: 'module',
      peers: undici === undefined ? {} : { undici: peerAt(undici) },
      files: {
        'program.mjs': programAt('programs/trusted-restores.ts'),
        'servers.json': { text: JSON.stringify({ urls, trust }) },
      },
    });
    const ends = JSON.parse(await run(folder, runtime.command, ...runtime.args, 'program.mjs'));
    expect(ends).toEqual(Object.fromEntries(systemNames.map((name) => [name, { state: 'succeeded' }])));
    expect(systems.map(({ emulator }) => emulator.restores.length)).toEqual(systems.map(() => 1));
  });
});
