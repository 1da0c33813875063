import type { Clock } from '../clock/clock.ts';
import { beginWait } from '../operation/begin-wait.ts';
import type { Operation } from '../operation/operation.ts';
import type { OperationStatus, UnreachableUpdate } from '../operation/status.ts';
import type { WaitOptions } from '../operation/wait-options.ts';
import type { ReadyResult, WaitResult } from '../operation/wait-result.ts';
import { cleanText } from './clean-text.ts';
import { describeOutage } from './describe-outage.ts';
import {
  currentStep,
  describeEnd,
  describeRunning,
  describeTerminal,
  MOST_ON_A_LINE,
  shownPercent,
} from './describe-status.ts';
import { errorHeadline } from './error-headline.ts';
import { hasEnded, type LineState, type LineView } from './line-view.ts';

/** One line of the display, for work that is more than one wait. Its functions can be passed on by themselves. */
export interface ProgressLine {
  /** What is being done now, in a few words. */
  readonly say: (text: string) => void;
  /** `waitForCompletion` with its progress and its outages on this line. The line stays open whatever comes of it. */
  readonly wait: WaitOnLine;
  /**
   * A status, or the news that the operation cannot be seen: fits `onProgress` and the updates of `watch`. A terminal one
   * stops the clock of the line; the line itself ends with `succeed`, `partial` or `fail`.
   */
  readonly onProgress: (
    update: OperationStatus<unknown> | Pick<UnreachableUpdate, 'state' | 'since' | 'error'>,
  ) => void;
  /** The operation cannot be seen since then, and why. */
  readonly onUnreachable: (since: Date, error: unknown) => void;
  /** Ends the line well. What comes afterwards changes nothing. */
  readonly succeed: (text?: string) => void;
  /** Ends the line with a restore of which something is missing. */
  readonly partial: (text?: string) => void;
  /** Ends the line with what an error says about the restore: failed, partial, or not known. */
  readonly fail: (error: unknown) => void;
}

export interface WaitOnLine {
  <Result>(
    operation: Operation<Result>,
    options: WaitOptions<Result> & { readonly until: 'ready' },
  ): Promise<ReadyResult>;
  <Result>(operation: Operation<Result>, options?: WaitOptions<Result>): Promise<WaitResult<Result>>;
}

/** Told whenever there is something new to draw. */
export type OnChange = (view: LineView) => void;

export interface OpenLine extends ProgressLine {
  /** Ends the line with how a wait ended. */
  readonly end: (result: WaitResult<unknown> | ReadyResult) => void;
}

export function openLine(label: string, clock: Clock, startedAt: number, onChange: OnChange): OpenLine {
  let view: LineView = { label: cleanText(label, MOST_ON_A_LINE), state: 'waiting', startedAt, text: '' };
  let steps = 0;
  let stepsAreKnown = false;

  const change = (next: LineView) => {
    // A poll of a wait that another line shares may come after the end.
    if (hasEnded(view)) return;
    view = next;
    onChange(view);
  };
  const show = (state: LineState, text: string, more: Partial<LineView> = {}) => {
    const { percent } = view;
    change({ label: view.label, startedAt: view.startedAt, percent, state, text, ...more });
  };
  const end = (state: LineState, text: string) => show(state, text, { endedAt: view.stoppedAt ?? clock.now() });
  const stopClock = () => {
    if (view.stoppedAt === undefined) change({ ...view, stoppedAt: clock.now() });
  };

  const onUnreachable = (since: Date, error: unknown) =>
    show('unreachable', describeOutage(error), { since: since.getTime() });
  const onProgress = (update: OperationStatus<unknown> | Pick<UnreachableUpdate, 'state' | 'since' | 'error'>) => {
    if (update.state === 'unreachable') return onUnreachable(update.since, update.error);
    if (update.state !== 'running') {
      const stoppedAt = view.stoppedAt ?? clock.now();
      return show('running', describeTerminal(update), { stoppedAt, percent: undefined });
    }
    const { length } = update.steps;
    const current = currentStep(update.steps);
    // Steps that were there before they began are a plan; steps that come one by one may be followed by more.
    if (current && current.number < length) stepsAreKnown = true;
    steps = Math.max(steps, length);
    const text = describeRunning(update, stepsAreKnown ? steps : undefined);
    show('running', text, { percent: shownPercent(update.percent) });
  };

  const wait = <Result>(
    operation: Operation<Result>,
    options: WaitOptions<Result> & { readonly until?: 'ready' } = {},
  ): Promise<WaitResult<Result> | ReadyResult> =>
    new Promise((resolve, reject) => {
      beginWait(operation, options, {
        // How it ended is told by whoever ends the line, who knows more.
        status: (status) => (status.state === 'running' ? onProgress(status) : stopClock()),
        unreachable: (since, error) => onUnreachable(new Date(since), error),
        resolve,
        reject,
      });
    });

  onChange(view);
  return {
    say: (text) => show('running', cleanText(text, MOST_ON_A_LINE), { percent: undefined }),
    wait: wait as WaitOnLine,
    onProgress,
    onUnreachable,
    succeed: (text = '') => end('succeeded', cleanText(text, MOST_ON_A_LINE)),
    partial: (text = '') => end('partial', cleanText(text, MOST_ON_A_LINE)),
    fail: (error) => {
      const { state, text } = errorHeadline(error);
      end(state, text);
    },
    end: (result) => {
      if (result.state === 'running') end('succeeded', 'ready');
      else end(result.state, describeEnd(result));
    },
  };
}
