import type { components } from '../../../generated/cloud-foundry.d.ts';
import type { Foundation } from './foundation.ts';
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
  const operation = (state: string, description: string | null, from: number, to: number): LastOperation => ({
    type: 'update',
    state,
    description,
    created_at: foundation.timestamp(from),
    updated_at: foundation.timestamp(to),
  });
  const halfway = restore.startedAt + restore.durationMs / 2;
  const isFirstHalf = foundation.clock.now() < halfway;
  if (mode === 'foreign' && !isFirstHalf) {
    return operation('succeeded', 'Plan updated by somebody else', halfway, halfway);
  }
  const work = foundation.workOf(restore);
  const state = work !== 'running' ? work : mode === 'initial' && isFirstHalf ? 'initial' : 'in progress';
  const description = mode === 'null-description' ? null : DESCRIPTIONS[state];
  const until = Math.min(foundation.clock.now(), foundation.workEndsAt(restore));
  return operation(state, description, restore.startedAt, until);
}

const DESCRIPTIONS = {
  initial: '',
  // With a space (CF-24).
  'in progress': 'Restore in progress',
  succeeded: 'Restore succeeded',
  failed: 'Restore failed',
} as const;
