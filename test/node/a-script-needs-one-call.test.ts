import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { exitCodes } from 'restorekit/terminal';
import { describe, expect, it } from 'vitest';
import { handleFromText } from '../../src/operation/handle-text.ts';

const PROGRAM = join(import.meta.dirname, 'programs', 'run-script.ts');

/** Runs the program; `onHandle` is called once it has printed how to go on. */
async function run(ending: string, onHandle: (kill: (signal: NodeJS.Signals) => void) => void = () => {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ending], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  let isTold = false;
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
    if (isTold || !/rk1_\S+/.test(err)) return;
    isTold = true;
    onHandle((signal) => child.kill(signal));
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, out, err, handle: /rk1_\S+/.exec(err)?.[0] ?? '' };
}

describe.concurrent('runScript', () => {
  it('shows progress on standard error, tells how to go on before it waits, and ends with 0', async () => {
    const { code, out, err, handle } = await run('complete');
    expect(code).toBe(0);
    expect(out).toBe('after the script\n');
    expect(err.indexOf('rk1_')).toBeLessThan(err.indexOf('orders-db'));
    expect(handleFromText(handle)).toMatchObject({ kind: 'cloud-foundry/restore-service-instance' });
  });

  it('describes an error, and ends with its exit code', async () => {
    const { code, err, out } = await run('failed');
    expect(code).toBe(exitCodes.failed);
    expect(err).toContain('the restore failed');
    expect(out).toBe('after the script\n');
  });

  it('that answers nothing ends with 0', async () => {
    expect(await run('nothing')).toMatchObject({ code: 0, err: '' });
  });

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('at %s ends the wait, and says how to go on', async (signal) => {
    const { code, err, handle } = await run('never', (kill) => kill(signal));
    expect(code).toBe(exitCodes.waitAborted);
    expect(err).toContain(`Interrupted by ${signal}`);
    expect(err.split(handle).length).toBeGreaterThan(2);
  });

  it('takes a signal that comes twice at once for one, as npm and tsx pass it on', async () => {
    const { code, err } = await run('never', (kill) => {
      kill('SIGINT');
      setTimeout(() => kill('SIGINT'), 100);
    });
    expect(code).toBe(exitCodes.waitAborted);
    expect(err.match(/Interrupted by/g)).toHaveLength(1);
  });

  it('ends at once at a second signal', async () => {
    const { code, signal, err } = await run('stays', (kill) => {
      kill('SIGINT');
      setTimeout(() => kill('SIGINT'), 1_000);
    });
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
    expect(err).toMatch(/Interrupted by SIGINT.*A second one ends this process at once/);
  });
});
