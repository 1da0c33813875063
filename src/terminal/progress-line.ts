import type { Clock } from '../clock/clock.ts';
import { beginWait } from '../operation/begin-wait.ts';
import type { Operation } from '../operation/operation.ts';
import { sourceOf } from '../operation/source-of.ts';
import type { OperationStatus, UnreachableUpdate } from '../operation/status.ts';
import type { WaitOptions } from '../operation/wait-options.ts';
import type { ReadyResult, WaitResult } from '../operation/wait-result.ts';
import type { Timing } from '../operation/watch.ts';
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
import { describeUsual } from './describe-usual.ts';
import { errorHeadline } from './error-headline.ts';
import { hasEnded, type LineState, type LineView } from './line-view.ts';

/** One line of the display, for work that consists of more than one wait. Its functions need no `this`. */
export interface ProgressLine {
  /** Shows what is being done now. Use a few words. */
  readonly say: (text: string) => void;
  /** Like `waitForCompletion`, with its progress and its outages on this line. The line stays open after it. */
  readonly wait: WaitOnLine;
  /**
   * Shows a status, or that the operation cannot be polled. Pass it as `onProgress`, or call it with the updates of
   * `watch`. A terminal status stops the time of the line; the line itself ends with `succeed`, `partial` or `fail`.
   */
  readonly onProgress: (update: LineUpdate) => void;
  /** Shows since when the operation cannot be polled, and why. */
  readonly onUnreachable: (since: Date, error: unknown) => void;
  /** Ends the line as succeeded. Later calls have no effect. */
  readonly succeed: (text?: string) => void;
  /** Ends the line as partial. */
  readonly partial: (text?: string) => void;
  /** Ends the line with the outcome in the error: failed, partial or not known. */
  readonly fail: (error: unknown) => void;
}

/** What `onProgress` takes: a status, or an update of `watch`, which may hold how long such restores usually take. */
export type LineUpdate = (OperationStatus<unknown> | Pick<UnreachableUpdate, 'state' | 'since' | 'error'>) &
  Partial<Pick<Timing, 'usual'>>;

export interface WaitOnLine {
  <Result>(
    operation: Operation<Result>,
    options: WaitOptions<Result> & { readonly until: 'ready' },
  ): Promise<ReadyResult>;
  <Result>(operation: Operation<Result>, options?: WaitOptions<Result>): Promise<WaitResult<Result>>;
}

/** Called whenever there is something new to draw. */
export type OnChange = (view: LineView) => void;

export interface OpenLine extends ProgressLine {
  /** Ends the line with the result of a wait. */
  readonly end: (result: WaitResult<unknown> | ReadyResult) => void;
}

export function openLine(label: string, clock: Clock, startedAt: number, onChange: OnChange): OpenLine {
  let view: LineView = { label: cleanText(label, MOST_ON_A_LINE), state: 'waiting', startedAt, text: '' };
  let steps = 0;
  let stepsAreKnown = false;

  const change = (next: LineView) => {
    // A shared wait of another line may report a poll after the end of this line.
    if (hasEnded(view)) return;
    view = next;
    onChange(view);
  };
  const show = (state: LineState, text: string, more: Partial<LineView> = {}) => {
    const { percent, usual } = view;
    change({ label: view.label, startedAt: view.startedAt, percent, usual, state, text, ...more });
  };
  const end = (state: LineState, text: string) => show(state, text, { endedAt: view.stoppedAt ?? clock.now() });
  const stopClock = () => {
    if (view.stoppedAt === undefined) change({ ...view, stoppedAt: clock.now() });
  };

  const onUnreachable = (since: Date, error: unknown) =>
    show('unreachable', describeOutage(error), { since: since.getTime() });
  const onProgress = (update: LineUpdate) => {
    if (update.usual) view = { ...view, usual: describeUsual(update.usual) };
    if (update.state === 'unreachable') return onUnreachable(update.since, update.error);
    if (update.state !== 'running') {
      const stoppedAt = view.stoppedAt ?? clock.now();
      return show('running', describeTerminal(update), { stoppedAt, percent: undefined });
    }
    const { length } = update.steps;
    const current = currentStep(update.steps);
    // If a step was listed before it began, the vendor lists all steps in advance. Otherwise more steps may follow.
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
      const { usual } = sourceOf(operation);
      beginWait(operation, options, {
        // The end itself is shown by the call that ends the line.
        status: (status) =>
          status.state === 'running' ? onProgress(usual ? { ...status, usual } : status) : stopClock(),
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
