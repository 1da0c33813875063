import { describe, expect, it } from 'vitest';
import { makeConsumer, run } from '../packaging/consumer.ts';
import { allSucceeded } from './all-succeeded.ts';
import { programAt, runtimes } from './runtimes.ts';

describe.concurrent.each(runtimes)('$name', ({ command, args, version }) => {
  it('is the version that it is said to be', async () => {
    expect(await run('/', command, '--version')).toMatch(version);
  });

  it('restores each system over loopback, once, from a resumed handle', async () => {
    const folder = makeConsumer({ type: 'module', files: { 'restores.mjs': programAt('programs/restores.ts') } });
    expect(JSON.parse(await run(folder, command, ...args, 'restores.mjs'))).toEqual(allSucceeded);
  });
});
