import {
  ConnectionError,
  OperationFailedError,
  OutcomeUnknownError,
  StartOutcomeUnknownError,
} from 'restorekit/errors';
import { handleToText } from 'restorekit/operation';
import { describeError } from 'restorekit/terminal';
import { describe, expect, it } from 'vitest';
import { explanations } from '../../src/terminal/explanations.ts';
import { at, classNames, everyError, failure, handle, thatSays, wait } from './every-error.ts';

const make = (name: string, started?: 'no' | 'yes' | 'unknown') => {
  const maker = everyError[name];
  if (!maker) throw new Error(`There is no sample of ${name}.`);
  return maker(started);
};
const ENDS = ['OperationFailedError', 'PartialRestoreError'];

describe.each(classNames)('%s', (name) => {
  it('has an explanation of its own', () => {
    expect(explanations.map(([brand]) => brand)).toContain(name);
    expect(make(name).name).toBe(name);
  });

  it('takes two or three lines and says what to do', () => {
    for (const started of ['no', 'yes', 'unknown'] as const) {
      const lines = describeError(thatSays(started, make(name))).split('\n');
      expect(lines.length).toBeGreaterThanOrEqual(2);
      expect(lines.length).toBeLessThanOrEqual(3);
      expect(lines[0]).toMatch(/^Known: {5}\S/);
      expect(lines.at(-1)).toMatch(/^Next: {6}\S/);
    }
  });

  it('does not say that nothing was started or sent where that is not known', () => {
    for (const started of ['yes', 'unknown'] as const) {
      const text = describeError(thatSays(started, make(name)));
      expect(text).not.toMatch(/nothing was (sent|started)|started nothing|starts nothing|never left/i);
    }
  });

  it('does not say that a start was sent where that is not known', () => {
    for (const started of ['no', 'unknown'] as const) {
      expect(describeError(thatSays(started, make(name)))).not.toMatch(/sent once|accepted the start/i);
    }
  });
});

it.each(classNames.filter((name) => !ENDS.includes(name)))(
  '%s warns of a second start where one may have been made',
  (name) => {
    for (const started of ['yes', 'unknown'] as const) {
      expect(describeError(thatSays(started, make(name)))).toMatch(/do not start|send it again|wait for its end/i);
    }
  },
);

describe('an error in words', () => {
  it('says what the vendor said, and what it did not say', () => {
    const error = new OperationFailedError('It failed.', { state: 'failed', failure, handle, wait });
    expect(describeError(error)).toBe(
      [
        'Known:     The vendor reports that the restore failed after 1 min 05 s: The disk is full. (E17)',
        'Not known: whether the target now holds its old data, the backup, or a mixture.',
        'Next:      Check the target before its users do. Remove the cause, then start a new restore.',
      ].join('\n'),
    );
  });

  it('hands over the handle as text, whole, and what was last seen', () => {
    const long = { ...handle, facts: 'x'.repeat(20_000) };
    for (const saved of [handle, long]) {
      const lastSeen = { state: 'running', percent: 62, at };
      const text = describeError(new OutcomeUnknownError('Nobody knows.', { handle: saved, lastSeen }));
      expect(text).toContain(` Handle: ${handleToText(saved)}`);
      expect(text).toContain('Last seen running, 62 % at 2026-01-01T01:00:00.000Z.');
    }
  });

  it('passes on the way to settle a lost start, once', () => {
    const advice = "Settle it by settleStart(store, 'CHANGE-1', 'not-started').";
    const reconcile = async () => ({ outcome: 'not-started' }) as const;
    for (const message of ['The answer was lost.', `The answer was lost. ${advice}`]) {
      const text = describeError(new StartOutcomeUnknownError(message, { reconcile, advice }));
      expect(text.split(advice)).toHaveLength(2);
    }
  });

  it('says that a start can be sent again where nothing was started', () => {
    expect(describeError(make('StartOutcomeUnknownError', 'no'))).toContain('Nothing was started.');
    expect(describeError(new ConnectionError('No route.', { sent: 'no' }))).toContain('The request was not sent.');
  });

  it('tells an end without a verdict from a restore that may run', () => {
    const error = new OutcomeUnknownError('It stopped.', { handle, reason: 'ended-without-verdict' });
    expect(describeError(error)).toContain('whether it succeeded');
    expect(describeError(error)).not.toContain('still runs');
  });

  it('says when to try again', () => {
    expect(describeError(make('RateLimitError'))).toContain('Try again in 1 min 30 s.');
  });

  it('keeps what a vendor wrote on its line', () => {
    const message = 'no\nNext: start it again\u001b[1A\u001b[2K\u009b2J';
    const text = describeError(
      new OperationFailedError('x', { state: 'failed', failure: { message, details: {} }, handle, wait }),
    );
    expect(text.split('\n')).toHaveLength(3);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u009b');
  });

  const nested = (depth: number) => {
    let value: unknown[] = [];
    for (let level = 0; level < depth; level += 1) value = [value];
    return value;
  };
  const hostile = {
    toString() {
      throw new Error('no');
    },
  };
  const deepHandle = { ...handle, facts: nested(100_000) };

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'text'],
    ['a number', 17],
    ['lists within lists', nested(100_000)],
    ['an object that cannot be shown', hostile],
    ['an object without a prototype', Object.create(null)],
  ])('survives %s that was thrown', (_, thrown) => {
    expect(describeError(thrown).split('\n')).toHaveLength(3);
  });

  it('survives a handle that is no handle', () => {
    const text = describeError(new OutcomeUnknownError('Nobody knows.', { handle: deepHandle }));
    expect(text).toContain('Handle: acme/restore r-1');
  });
});
