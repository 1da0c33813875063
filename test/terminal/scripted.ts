import { type Clock, defineOperation, type Operation, type StatusDraft } from 'restorekit/operation';

export type Scene = StatusDraft<{ readonly aftermath: readonly string[] }> | Error;

/** An operation that shows one scene after another, one a second. */
export function scripted(
  clock: Clock,
  scenes: readonly Scene[],
  id = 'op-1',
): Operation<{ readonly aftermath: readonly string[] }> {
  let next = 0;
  return defineOperation({
    kind: 'acme/restore',
    id,
    startedAt: new Date(clock.now()),
    clock,
    cadence: () => 1_000,
    isReady: (status) => status.message === 'ready',
    poll: () => {
      const scene = scenes[Math.min(next, scenes.length - 1)];
      next += 1;
      if (scene === undefined) throw new Error('There is no scene.');
      if (scene instanceof Error) throw scene;
      return scene;
    },
  });
}

export const succeeded: Scene = { state: 'succeeded', result: { aftermath: [] } };
