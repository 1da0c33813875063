import type { Clock } from '../../src/clock/clock.ts';
import { defineOperation, type OperationDefinition, type StatusDraft } from '../../src/operation/index.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';
import { inTurn } from './in-turn.ts';

export interface Poll {
  /** 1 for the first. */
  readonly number: number;
  /** Milliseconds since the operation was started. */
  readonly elapsedMs: number;
  readonly signal: AbortSignal | undefined;
}

export type Script<Result = string> = (poll: Poll) => StatusDraft<Result> | Promise<StatusDraft<Result>>;
/** A status; an error, which the poll throws; or what makes one of the poll. */
export type Scene<Result = string> = StatusDraft<Result> | Error | Script<Result>;

/**
 * An operation of a made-up vendor in virtual time, whose every poll is answered with this scene, or with these in turn, the
 * last one for good. Keeps the moments of the polls, in milliseconds since its start.
 */
export function scriptedOperation<Result = string, OwnClock extends Clock = VirtualClock>(
  script: Scene<Result> | readonly Scene<Result>[],
  more: Partial<OperationDefinition<Result>> & { clock?: OwnClock } = {},
) {
  const clock = more.clock ?? (virtualClock() as Clock as OwnClock);
  const startedAt = new Date(more.startedAt ?? clock.now());
  const pollsAt: number[] = [];
  const next = inTurn(script);
  const operation = defineOperation<Result>({
    kind: 'made-up/restore',
    id: 'op-1',
    ...more,
    clock,
    startedAt,
    poll: async ({ signal }) => {
      const elapsedMs = clock.now() - startedAt.getTime();
      pollsAt.push(elapsedMs);
      const scene = next(pollsAt.length - 1);
      if (scene instanceof Error) throw scene;
      return typeof scene === 'function' ? scene({ number: pollsAt.length, elapsedMs, signal }) : scene;
    },
  });
  return { clock, operation, pollsAt };
}

export const running: StatusDraft<string> = { state: 'running' };
export const succeeded: StatusDraft<string> = { state: 'succeeded', result: 'restored' };

/** Runs until `untilMs`, then succeeds. */
export const takes =
  (untilMs: number): Script<string> =>
  ({ elapsedMs }) =>
    elapsedMs >= untilMs ? succeeded : running;

/** Never answers, whatever the signal says. */
export const silence = (): Promise<never> => new Promise(() => undefined);
