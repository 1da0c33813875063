import type { VirtualClock } from 'restorekit/testing';
import { type Scene as SceneOf, scriptedOperation } from '../support/scripted-operation.ts';

interface Result {
  readonly aftermath: readonly string[];
}

export type Scene = SceneOf<Result>;

/** An operation that shows one scene after another, one a second. */
export function operationOf(clock: VirtualClock, scenes: readonly Scene[], id = 'op-1') {
  return scriptedOperation<Result>(scenes, {
    clock,
    kind: 'acme/restore',
    id,
    cadence: () => 1_000,
    isReady: (status) => status.message === 'ready',
  }).operation;
}

export const succeeded: Scene = { state: 'succeeded', result: { aftermath: [] } };
