import { ServerError } from 'restorekit/errors';
import { progressDisplay } from 'restorekit/terminal';
import { virtualClock } from 'restorekit/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { operationOf, type Scene, succeeded } from './operation-of.ts';
import { screenStream } from './screen-stream.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a display that is no terminal', () => {
  it('writes one line for each change, without escape sequences', async () => {
    const clock = virtualClock();
    const stream = screenStream({ isTTY: false });
    const down = () => new ServerError('Service Unavailable', { status: 503 });
    const scenes: Scene[] = [
      { state: 'running', percent: 0 },
      { state: 'running', percent: 3 },
      down(),
      down(),
      { state: 'running', percent: 42 },
      { state: 'running', percent: 42 },
      succeeded,
    ];
    await progressDisplay({ stream, clock }).wait(operationOf(clock, scenes), { label: 'portal' });
    expect(stream.written).not.toContain('\u001b');
    expect(stream.written.split('\n').map((line) => line.trim())).toEqual([
      '1 s  portal: 0 %',
      '3 s  portal: not reachable: the server answers 503',
      '5 s  portal: reachable again after 2 s',
      '5 s  portal: 42 %',
      '7 s  portal: succeeded: was not reachable for 2 s',
      '',
    ]);
  });

  it('sleeps only for the wait itself', async () => {
    const clock = virtualClock();
    const stream = screenStream({ isTTY: false });
    const display = progressDisplay({ stream, clock });
    display.track('db').say('working');
    await Promise.resolve();
    expect(clock.sleepers).toBe(0);
  });
});

describe('plain lines are chosen', () => {
  const isPlain = async () => {
    const clock = virtualClock();
    const stream = screenStream();
    await progressDisplay({ stream, clock }).wait(operationOf(clock, [succeeded]));
    return !stream.written.includes('\u001b');
  };

  it.each([
    ['NO_COLOR', '1', true],
    ['CI', 'true', true],
    ['CI', 'false', false],
    ['TERM', 'dumb', true],
    ['TERM', 'xterm-256color', false],
  ])('on a terminal with %s=%s: %s', async (name, value, expected) => {
    for (const other of ['NO_COLOR', 'CI']) vi.stubEnv(other, '');
    vi.stubEnv('TERM', 'xterm');
    vi.stubEnv(name, value);
    expect(await isPlain()).toBe(expected);
  });
});

describe('the default stream', () => {
  it('is standard error, asked for when the display is made', async () => {
    const clock = virtualClock();
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const display = progressDisplay({ clock, isTty: false });
    expect(write).not.toHaveBeenCalled();
    await display.wait(operationOf(clock, [succeeded]), { label: 'db' });
    expect(write.mock.calls.join('')).toContain('db: succeeded');
    write.mockRestore();
  });

  it('is nowhere where there is no process', async () => {
    const clock = virtualClock();
    const { nextTick } = process;
    vi.stubGlobal('process', undefined);
    try {
      const display = progressDisplay({ clock });
      // The test runner needs this one while a test waits.
      vi.stubGlobal('process', { nextTick });
      const done = await display.wait(operationOf(clock, [succeeded]));
      expect(done.state).toBe('succeeded');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('may be gone without ending a wait', async () => {
    const clock = virtualClock();
    const stream = {
      write: () => {
        throw new Error('EPIPE');
      },
    };
    const done = await progressDisplay({ clock, stream }).wait(operationOf(clock, [succeeded]));
    expect(done.state).toBe('succeeded');
  });
});
