import { cleanText, formatDuration } from 'restorekit/terminal';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from '../support/cpu-time.ts';

describe('a length of time', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [0.4, '1 ms'],
    [850, '850 ms'],
    [999.9, '999 ms'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min 00 s'],
    [65_000, '1 min 05 s'],
    [3_599_999, '59 min 59 s'],
    [3_600_000, '1 h 00 min'],
    [7_380_000, '2 h 03 min'],
    [86_400_000, '1 d 00 h'],
    [100_800_000, '1 d 04 h'],
    [Number.NaN, '-'],
    [Number.POSITIVE_INFINITY, '-'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('clean text', () => {
  it.each([
    ['plain', 'plain'],
    ['  two\r\n lines\t ', 'two lines'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001bPq#0\u001b\\text', 'text'],
    ['\u001bctext', 'text'],
    ['\u009b2Jtext', 'text'],
    ['a\u0008\u0008b\u0000', 'ab'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\u001b]unfinished', 'unfinished'],
    ['half \ud83d', 'half'],
    ['héllo 漢字 ✓', 'héllo 漢字 ✓'],
  ])('%j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('takes no longer for a longer text than it must', () => {
    const spentMs = cpuTimer();
    cleanText('\u001b]'.repeat(200_000));
    expect(spentMs()).toBeLessThan(1_000);
  });
});
