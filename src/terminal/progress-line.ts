import type { Clock } from '../clock/clock.ts';
import type { Operation } from '../operation/operation.ts';
import type { OperationStatus } from '../operation/status.ts';
import { beginWait } from '../operation/wait.ts';
import type { WaitOptions } from '../operation/wait-options.ts';
import type { ReadyResult, WaitResult } from '../operation/wait-result.ts';
import { cleanText } from './clean-text.ts';
import { describeOutage } from './describe-outage.ts';
import { currentStep, describeEnd, describeRunning } from './describe-status.ts';
import { errorHeadline } from './error-headline.ts';
import type { LineState, LineView } from './line-view.ts';

/** One line of the display, for work that is more than one wait. Its functions can be passed on by themselves. */
export interface ProgressLine {
  /** What is being done now, in a few words. */
  readonly say: (text: string) => void;
  /** `waitForCompletion` with its progress and its outages on this line. The line stays open whatever comes of it. */
  readonly wait: WaitOnLine;
  /** A status to show: fits `onProgress`. A terminal one changes nothing; `succeed` and `fail` end a line. */
  readonly onProgress: (status: OperationStatus<unknown>) => void;
  /** The operation cannot be seen: fits the `unreachable` updates of `watch`. */
  readonly onUnreachable: (since: Date, error: unknown) => void;
  /** Ends the line well. */
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

/** Where a line tells that it polls different now. */
export type OnChange = (view: LineView) => void;

export interface OpenLine extends ProgressLine {
  /** Ends the line with how a wait ended. */
  readonly end: (result: WaitResult<unknown> | ReadyResult) => void;
}

export function openLine(label: string, clock: Clock, startedAt: number, onChange: OnChange): OpenLine {
  let view: LineView = { label: cleanText(label), state: 'waiting', startedAt, text: '' };
  let steps = 0;
  let stepsAreKnown = false;

  const show = (state: LineState, text: string, more: Partial<LineView> = {}) => {
    const { percent } = view;
    view = { label: view.label, startedAt: view.startedAt, percent, state, text, ...more };
    onChange(view);
  };
  const end = (state: LineState, text: string) => show(state, text, { endedAt: clock.now() });

  const onProgress = (status: OperationStatus<unknown>) => {
    // How it ended is told by the end of the line, which knows more.
    if (status.state !== 'running') return;
    const { length } = status.steps;
    const current = currentStep(status.steps);
    // Steps that were there before they began are a plan; steps that come one by one may be followed by more.
    if (current && current.number < length) stepsAreKnown = true;
    steps = Math.max(steps, length);
    show('running', describeRunning(status, stepsAreKnown ? steps : undefined), { percent: status.percent });
  };
  const onUnreachable = (since: Date, error: unknown) =>
    show('unreachable', describeOutage(error), { since: since.getTime() });

  const wait = <Result>(
    operation: Operation<Result>,
    options: WaitOptions<Result> & { readonly until?: 'ready' } = {},
  ): Promise<WaitResult<Result> | ReadyResult> =>
    new Promise((resolve, reject) => {
      const { until, ...waitOptions } = options;
      beginWait(operation, waitOptions, until ?? 'ended', {
        status: onProgress,
        unreachable: (since, error) => onUnreachable(new Date(since), error),
        resolve,
        reject,
      });
    });

  onChange(view);
  return {
    say: (text) => show('running', cleanText(text), { percent: undefined }),
    wait: wait as WaitOnLine,
    onProgress,
    onUnreachable,
    succeed: (text = '') => end('succeeded', cleanText(text)),
    partial: (text = '') => end('partial', cleanText(text)),
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
