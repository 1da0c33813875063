import type { components } from '../../../generated/cloud-foundry.d.ts';
import { type Foundation, isoTime, type Job } from './foundation.ts';
import type { CloudFoundryInstance } from './instances.ts';

type LastOperation = components['schemas']['LastOperation'];

const CREATED = '2026-01-12T09:30:00Z';

export function createdAt(instance: CloudFoundryInstance): string {
  return instance.createdAt ?? CREATED;
}

/** How the latest restore shows on its instance: the scenario's choice, since nothing is documented. */
export function lastOperationOf(foundation: Foundation, instance: CloudFoundryInstance): LastOperation {
  const mode = foundation.scenario.lastOperation ?? 'follows';
  if (mode === 'empty') return {};
  const restore = foundation.jobsOf(instance).findLast((job) => job.kind === 'restore');
  if (!restore || mode === 'unchanged') {
    const at = createdAt(instance);
    return { type: 'create', state: 'succeeded', description: 'Operation succeeded', created_at: at, updated_at: at };
  }
  const halfway = restore.startedAt + restore.durationMs / 2;
  const isFirstHalf = foundation.clock.now() < halfway;
  if (mode === 'foreign' && !isFirstHalf) {
    return { ...operation('succeeded', 'Plan updated by somebody else', halfway), updated_at: isoTime(halfway) };
  }
  const state = mode === 'initial' && isFirstHalf ? 'initial' : stateOf(foundation, restore);
  const description = mode === 'null-description' ? null : DESCRIPTIONS[state];
  return {
    ...operation(state, description, restore.startedAt),
    updated_at: isoTime(Math.min(foundation.clock.now(), restore.startedAt + restore.durationMs)),
  };
}

const DESCRIPTIONS = {
  initial: '',
  // With a space (CF-24).
  'in progress': 'Restore in progress',
  succeeded: 'Restore succeeded',
  failed: 'Restore failed',
} as const;

function stateOf(foundation: Foundation, job: Job): keyof typeof DESCRIPTIONS {
  if (!foundation.isOver(job)) return 'in progress';
  if (foundation.stateOf(job) === 'COMPLETE') return 'succeeded';
  // The broker may go on after the job was given up (CF-26).
  return foundation.scenario.staysInProgress ? 'in progress' : 'failed';
}

function operation(state: string, description: string | null, startedAt: number): LastOperation {
  return { type: 'update', state, description, created_at: isoTime(startedAt) };
}
