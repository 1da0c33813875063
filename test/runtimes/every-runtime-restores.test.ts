import { describe, expect, it } from 'vitest';
import { makeConsumer, run } from '../packaging/consumer.ts';
import { programAt, runtimes } from './runtimes.ts';

const systems = ['oracle-epm', 'cloud-foundry', 'veeam-m365-v5', 'veeam-m365-v6', 'docspace'];

describe.each(runtimes)('$name', ({ command, args, version }) => {
  it('is the version that it is said to be', async () => {
    expect(await run('/', command, '--version')).toMatch(version);
  });

  it('restores each system over loopback, once, from a resumed handle', async () => {
    const folder = makeConsumer({ type: 'module', files: { 'restores.mjs': programAt('programs/restores.ts') } });
    const ends = JSON.parse(await run(folder, command, ...args, 'restores.mjs'));
    expect(ends).toEqual(Object.fromEntries(systems.map((system) => [system, { state: 'succeeded', restores: 1 }])));
  });
});
