import { ConnectionError, OperationFailedError } from 'restorekit/errors';
import { progressDisplay } from 'restorekit/terminal';
import { virtualClock } from 'restorekit/testing';
import { describe, expect, it, vi } from 'vitest';
import { operationOf, type Scene, succeeded } from './operation-of.ts';
import { screenStream } from './screen-stream.ts';

const lost = () => new ConnectionError('The connection was cut.', { sent: 'unknown', reason: 'ECONNRESET' });

function stage(options: { columns?: number; rows?: number } = {}) {
  const clock = virtualClock();
  const stream = screenStream(options);
  const display = progressDisplay({ stream, clock, isTty: true, unicode: false });
  return { clock, stream, display };
}

/** What is on the screen `ms` from now. */
async function screenAfter(
  clock: { sleep(ms: number): Promise<void> },
  ms: number,
  stream: { lines: readonly string[] },
) {
  await clock.sleep(ms);
  return [...stream.lines];
}

describe('a live line', () => {
  it('shows the percentage as a bar, and the end in its place', async () => {
    const { clock, stream, display } = stage();
    const done = display.wait(operationOf(clock, [{ state: 'running', percent: 50 }, succeeded]), { label: 'portal' });
    const halfWay = await screenAfter(clock, 1_500, stream);
    expect(halfWay).toEqual([expect.stringMatching(/^ {2}portal +#{10}-{10} +1 s {2}50 %$/)]);
    await expect(done).resolves.toMatchObject({ state: 'succeeded' });
    expect(stream.lines).toEqual([expect.stringMatching(/^\+ portal +#{20} +2 s {2}succeeded$/)]);
  });

  it('shows steps, and only counts those that were announced', async () => {
    const { clock, stream, display } = stage();
    const steps = (...states: string[]) => states.map((state, index) => ({ name: `part ${index + 1}`, state }));
    const scenes: Scene[] = [
      { state: 'running', steps: steps('In Progress') },
      { state: 'running', steps: steps('Success', 'In Progress', 'Pending') },
      succeeded,
    ];
    const done = display.wait(operationOf(clock, scenes), { label: 'epm' });
    expect(await screenAfter(clock, 1_500, stream)).toEqual([expect.stringContaining('step 1: part 1 (In Progress)')]);
    expect(await screenAfter(clock, 1_000, stream)).toEqual([
      expect.stringContaining('step 2 of 3: part 2 (In Progress)'),
    ]);
    await done;
  });

  it('moves an indeterminate bar while it runs, and stops it while it cannot be seen', async () => {
    const { clock, stream, display } = stage();
    const running: Scene = { state: 'running' };
    const done = display.wait(operationOf(clock, [running, running, lost(), lost(), lost(), succeeded]), {
      label: 'db',
    });
    const seen = [await screenAfter(clock, 1_500, stream), await screenAfter(clock, 400, stream)];
    expect(seen[0]).not.toEqual(seen[1]);
    expect(await screenAfter(clock, 3_000, stream)).toEqual([
      expect.stringMatching(/^! db +-{20} +4 s {2}not reachable for 1 s: no connection \(ECONNRESET\)$/),
    ]);
    await done;
    expect(stream.lines).toEqual([expect.stringContaining('succeeded')]);
  });

  it('keeps several operations in their places', async () => {
    const { clock, stream, display } = stage();
    const running: Scene = { state: 'running', message: 'busy' };
    const one = display.wait(operationOf(clock, [running, succeeded], 'a'), { label: 'first' });
    const two = display.wait(operationOf(clock, [running, running, running, succeeded], 'b'), { label: 'the second' });
    const both = await screenAfter(clock, 2_500, stream);
    expect(both).toEqual([
      expect.stringMatching(/^\+ first .*succeeded$/),
      expect.stringMatching(/^ {2}the second .*busy$/),
    ]);
    await Promise.all([one, two]);
    expect(stream.lines).toHaveLength(2);
  });

  it('ends with what an error says about the restore, and rejects with that error', async () => {
    const { clock, stream, display } = stage();
    const failed: Scene = { state: 'failed', failure: { message: 'disk full', details: {} } };
    const done = display.wait(operationOf(clock, [failed]), { label: 'db' });
    await expect(done).rejects.toBeInstanceOf(OperationFailedError);
    expect(stream.lines).toEqual([expect.stringMatching(/^x db .*failed: disk full$/)]);
  });

  it('tells an aborted wait from a failed restore', async () => {
    const { clock, stream, display } = stage();
    const control = new AbortController();
    const done = display.wait(operationOf(clock, [{ state: 'running' }]), { label: 'db', signal: control.signal });
    await clock.sleep(1_500);
    control.abort();
    await expect(done).rejects.toMatchObject({ code: 'wait-aborted' });
    expect(stream.lines).toEqual([expect.stringMatching(/end not known: no longer watched$/)]);
  });

  it('leaves no sleep behind, and the cursor visible after every write', async () => {
    const { clock, stream, display } = stage();
    const write = stream.write.bind(stream);
    stream.write = (text) => {
      write(text);
      expect(stream.cursorIsVisible).toBe(true);
      return true;
    };
    await display.wait(operationOf(clock, [{ state: 'running' }, succeeded]));
    expect(clock.sleepers).toBe(0);
    const { written } = stream;
    await clock.sleep(60_000);
    expect(stream.written).toBe(written);
  });

  it('begins below what it left when it is used again', async () => {
    const { clock, stream, display } = stage();
    await display.wait(operationOf(clock, [succeeded], 'a'), { label: 'first' });
    stream.write('a line of the script\n');
    await display.wait(operationOf(clock, [succeeded], 'b'), { label: 'second' });
    expect(stream.lines.map((line) => line.split(' ')[1])).toEqual(['first', 'line', 'second']);
  });
});

describe('the terminal', () => {
  it('is never written beyond its width', async () => {
    for (const columns of [20, 40, 60, 80]) {
      const { clock, stream, display } = stage({ columns });
      const message = 'a very long message of a vendor, 漢字も含めて, that would not fit on one line of any terminal';
      const done = display.wait(operationOf(clock, [{ state: 'running', message }, succeeded]), {
        label: 'a label that is rather long for a terminal',
      });
      expect(await screenAfter(clock, 1_500, stream)).toHaveLength(1);
      await done;
      expect(stream.lines).toHaveLength(1);
      expect(stream.lines[0]?.length).toBeLessThan(columns);
    }
  });

  it('shows what fits of more lines than it has rows, and all of them at the end', async () => {
    const { clock, stream, display } = stage({ rows: 6 });
    const running: Scene = { state: 'running' };
    const waits = Array.from({ length: 20 }, (_, index) =>
      display.wait(operationOf(clock, [running, succeeded], `op-${index}`), { label: `number ${index}` }),
    );
    const lines = await screenAfter(clock, 1_500, stream);
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toBe('and 16 more');
    await Promise.all(waits);
    expect(stream.lines).toHaveLength(20);
  });

  it('takes no escape sequence from a vendor', async () => {
    const { clock, stream, display } = stage();
    const evil = '\u001b[2J\u001b]0;owned\u0007gone\r\nnext\u009b31m \u202eback';
    const done = display.wait(operationOf(clock, [{ state: 'running', message: evil }, succeeded]), { label: evil });
    expect(await screenAfter(clock, 1_500, stream)).toEqual([
      expect.stringMatching(/gone next back .* gone next back$/),
    ]);
    await done;
    expect(stream.written).not.toMatch(/2J|owned|\u202e|\u009b/);
  });

  it('gets other text above the live lines', async () => {
    const { clock, stream, display } = stage();
    const done = display.wait(operationOf(clock, [{ state: 'running' }, succeeded]), { label: 'db' });
    await clock.sleep(1_500);
    display.print('a note');
    expect(stream.lines).toEqual(['a note', expect.stringMatching(/^ {2}db/)]);
    await done;
    expect(stream.lines).toEqual(['a note', expect.stringMatching(/^\+ db/)]);
  });

  it('may not know its size', async () => {
    const { clock, stream, display } = stage({ columns: 0, rows: 0 });
    stream.write = vi.fn(() => true);
    await display.wait(operationOf(clock, [succeeded]), { label: 'db' });
    expect(vi.mocked(stream.write).mock.calls.join('')).toContain('succeeded');
  });

  it('may be made narrower in between', async () => {
    const { clock, stream, display } = stage({ columns: 100 });
    const line = display.track('db');
    line.say('something that is told at length, so that the line is long enough to be broken');
    await clock.sleep(300);
    expect(stream.lines).toHaveLength(1);
    const before = stream.written.length;
    stream.columns = 60;
    await clock.sleep(300);
    // The old line takes two rows now, and both are drawn over.
    expect(stream.written.slice(before)).toContain('\u001b[2A');
    display.close();
    expect(clock.sleepers).toBe(0);
  });
});

describe('a line for more than one wait', () => {
  it('goes from words to waits to an end', async () => {
    const { clock, stream, display } = stage();
    const line = display.track('mailbox');
    line.say('opening the session');
    expect(await screenAfter(clock, 300, stream)).toEqual([expect.stringContaining('opening the session')]);
    const session = operationOf(clock, [{ state: 'running', message: 'ready' }, succeeded]);
    await expect(line.wait(session, { until: 'ready' })).resolves.toMatchObject({ state: 'running' });
    line.say('restoring');
    await line.wait(session);
    expect(clock.sleepers).toBe(1);
    line.succeed('12 items');
    expect(stream.lines).toEqual([expect.stringMatching(/^\+ mailbox .*succeeded: 12 items$/)]);
    expect(clock.sleepers).toBe(0);
  });

  it('is left as it is when the display is closed', async () => {
    const { clock, stream, display } = stage();
    const line = display.track('db');
    line.say('working');
    display.close();
    line.say('ignored');
    expect(stream.lines).toEqual([expect.stringContaining('working')]);
    expect(clock.sleepers).toBe(0);
  });

  it('stops its clock when the restore has ended, though the line is open', async () => {
    const { clock, stream, display } = stage();
    const line = display.track('db');
    line.onProgress({ state: 'running', percent: 50, steps: [], warnings: [], raw: undefined });
    await clock.sleep(3_000);
    line.onProgress({ state: 'succeeded', result: {}, steps: [], warnings: [], raw: undefined });
    const stopped = await screenAfter(clock, 400, stream);
    expect(stopped).toEqual([expect.stringMatching(/ 3 s {2}ended: succeeded$/)]);
    expect(await screenAfter(clock, 60_000, stream)).toEqual(stopped);
    line.succeed();
    expect(stream.lines).toEqual([expect.stringMatching(/^\+ db .* 3 s {2}succeeded$/)]);
    expect(clock.sleepers).toBe(0);
  });

  it('stops its clock after a wait of its own, and lets it go on with more work', async () => {
    const { clock, stream, display } = stage();
    const line = display.track('db');
    await line.wait(operationOf(clock, [{ state: 'running', message: 'busy' }, succeeded]));
    expect(await screenAfter(clock, 10_000, stream)).toEqual([expect.stringMatching(/ 2 s {2}busy$/)]);
    line.say('checking');
    expect(await screenAfter(clock, 1_000, stream)).toEqual([expect.stringMatching(/ 1[23] s {2}checking$/)]);
    line.succeed();
  });

  it('is not opened again by events after its end', async () => {
    const { clock, stream, display } = stage();
    const line = display.track('db');
    line.succeed('12 items');
    line.say('ignored');
    line.onProgress({ state: 'running', steps: [], warnings: [], raw: undefined });
    line.fail(lost());
    expect(await screenAfter(clock, 1_000, stream)).toEqual([expect.stringMatching(/succeeded: 12 items$/)]);
    expect(clock.sleepers).toBe(0);
  });

  it('shows that the operation cannot be seen, as onProgress and watch tell it', async () => {
    const { clock, stream, display } = stage();
    const line = display.track('db');
    line.onProgress({ state: 'unreachable', since: new Date(clock.now()), error: lost() });
    const shown = await screenAfter(clock, 2_000, stream);
    expect(shown).toEqual([expect.stringMatching(/not reachable for 1 s: no connection \(ECONNRESET\)$/)]);
    display.close();
  });
});
