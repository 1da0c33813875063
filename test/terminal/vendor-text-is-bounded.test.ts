import { OperationFailedError } from 'restorekit/errors';
import { cleanText, describeError, progressDisplay } from 'restorekit/terminal';
import { virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from '../support/cpu-time.ts';
import { operationOf, type Scene, succeeded } from './operation-of.ts';
import { screenStream } from './screen-stream.ts';

const MEGABYTE = 1_048_576;
/** Of CPU time. Generous; quadratic work takes minutes. */
const MOST_MS = 100;

const code = (value: number) => `U+${value.toString(16).padStart(4, '0')}`;
const controls = [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, index) => 0x80 + index)];

/** Texts that are hard to read for a parser that looks ahead from each introducer. */
const hardTexts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(controls.map((value) => [code(value), String.fromCharCode(value).repeat(MEGABYTE)])),
  'OSC without an end': '\u001b]'.repeat(MEGABYTE / 2),
  'DCS without an end': '\u001bP'.repeat(MEGABYTE / 2),
  'APC in one byte, with text': '\u009ftext'.repeat(MEGABYTE / 5),
  'CSI with arguments and no end': `\u001b[${'1;'.repeat(MEGABYTE / 2)}`,
  'CSI again and again': '\u009b1;'.repeat(MEGABYTE / 3),
  'an escape with intermediates and no end': `\u001b${' '.repeat(MEGABYTE)}`,
  'strings that end with an escape': '\u001b]\u001b'.repeat(MEGABYTE / 3),
  'one OSC of a megabyte': `\u001b]${'x'.repeat(MEGABYTE)}\u0007`,
  'combining marks': `a${'\u0301'.repeat(MEGABYTE)}`,
  'combining marks on each letter': `a${'\u0301'.repeat(7)}`.repeat(MEGABYTE / 8),
  'zero-width joiners': '\u200d'.repeat(MEGABYTE),
  'lone surrogates': '\ud800'.repeat(MEGABYTE),
  'surrogates in the wrong order': '\udc00\ud800'.repeat(MEGABYTE / 2),
  'white space': ' \t\u3000\u2028'.repeat(MEGABYTE / 4),
  'plain letters': 'x'.repeat(MEGABYTE),
};

function timed<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const spentMs = cpuTimer();
  const value = work();
  return { ms: spentMs(), value };
}

describe.each(Object.entries(hardTexts))('a megabyte of %s', (_, text) => {
  it('is cleaned in time, and is short and safe afterwards', () => {
    const { ms, value } = timed(() => cleanText(text));
    expect(ms).toBeLessThan(MOST_MS);
    expect(value.length).toBeLessThanOrEqual(4_001);
    expect(value).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(value).not.toMatch(/\p{M}{9}/u);
  });

  it('is printed as a part of an error in time', () => {
    const at = new Date(0);
    const error = new OperationFailedError(text, {
      state: 'failed',
      failure: { message: text, code: text, details: {} },
      handle: { v: 1, kind: 'acme/restore', id: 'r-1', startedAt: at.toISOString() },
      wait: { startedAt: at, completedAt: at, elapsedMs: 0, polls: 1, unreachableMs: 0, warnings: [], steps: [] },
    });
    const { ms, value } = timed(() => describeError(error));
    expect(ms).toBeLessThan(MOST_MS);
    expect(value.length).toBeLessThan(10_000);
  });
});

it('the whole text is read where it is the own text of the caller', () => {
  const stream = screenStream({ isTTY: false });
  const display = progressDisplay({ stream, clock: virtualClock(), isTty: false });
  const { ms } = timed(() => display.print('\u0090'.repeat(MEGABYTE)));
  expect(ms).toBeLessThan(5 * MOST_MS);
  display.print('y'.repeat(20_000));
  expect(stream.written).toContain('y'.repeat(20_000));
});

describe('a status that is far too large', () => {
  const steps = (count: number, name: string) => Array.from({ length: count }, () => ({ name, state: 'In Progress' }));
  const scenes: Readonly<Record<string, Scene>> = {
    'a million steps': { state: 'running', steps: steps(1_000_000, 'restore') },
    'a step with a megabyte of a name and of a state': {
      state: 'running',
      steps: [{ name: '\u0090'.repeat(MEGABYTE), state: `${'\u001b]'.repeat(MEGABYTE)}` }],
    },
    'a megabyte of a message': { state: 'running', message: '\u0090'.repeat(MEGABYTE) },
    'a percentage beyond all bounds': { state: 'running', percent: 1e300 },
    'a percentage that is none': { state: 'running', percent: Number.NaN },
  };

  it.each(Object.entries(scenes))('%s: is shown in time, on one short line', async (_, scene) => {
    const clock = virtualClock();
    const stream = screenStream({ isTTY: false });
    const display = progressDisplay({ stream, clock, isTty: false });
    const spentMs = cpuTimer();
    await display.wait(operationOf(clock, [scene, scene, succeeded]), { label: '\u0090'.repeat(MEGABYTE) });
    expect(spentMs()).toBeLessThan(10 * MOST_MS);
    for (const line of stream.written.split('\n')) expect(line.length).toBeLessThan(1_500);
    expect(stream.written).not.toContain('NaN');
    expect(stream.written).not.toContain('e+');
  });
});
