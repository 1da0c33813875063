import { defineOperation, type OperationDefinition, type StatusDraft } from '../../src/operation/index.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';

export interface Poll {
  /** 1 for the first. */
  readonly number: number;
  /** Milliseconds since the operation was started. */
  readonly elapsedMs: number;
  readonly signal: AbortSignal | undefined;
}

export type Script = (poll: Poll) => StatusDraft<string> | Promise<StatusDraft<string>>;

/** A made-up vendor whose answers are scripted, in virtual time. Keeps the moments of the polls. */
export function scripted(script: Script, more: Partial<OperationDefinition<string>> & { clock?: VirtualClock } = {}) {
  const clock = more.clock ?? virtualClock();
  const startedAt = new Date(more.startedAt ?? clock.now());
  const pollsAt: number[] = [];
  const operation = defineOperation<string>({
    kind: 'made-up/restore',
    id: 'op-1',
    ...more,
    clock,
    startedAt,
    poll: async ({ signal }) => {
      const elapsedMs = clock.now() - startedAt.getTime();
      pollsAt.push(elapsedMs);
      return script({ number: pollsAt.length, elapsedMs, signal });
    },
  });
  return { clock, operation, pollsAt };
}

export const running: StatusDraft<string> = { state: 'running' };
export const succeeded: StatusDraft<string> = { state: 'succeeded', result: 'restored' };

/** Runs until `untilMs`, then succeeds. */
export const takes =
  (untilMs: number): Script =>
  ({ elapsedMs }) =>
    elapsedMs >= untilMs ? succeeded : running;

/** Never answers, whatever the signal says. */
export const silence = (): Promise<never> => new Promise(() => undefined);

/** The error that a promise rejects with; fails the test if it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`rejected with ${String(error)}, which is no Error`);
  }
  throw new Error('resolved, and should have been rejected');
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
