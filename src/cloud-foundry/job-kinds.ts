import type { OperationKind, Poll } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { addReason } from './add-reason.ts';
import { decideJob } from './decide-job.ts';
import { isNotFound } from './explain-error.ts';
import { type JobFacts, JobFactsSchema } from './facts.ts';
import { investigateLastOperation } from './investigate.ts';
import { otherOperation } from './other-operation.ts';
import { request } from './traits.ts';

type JobKind = OperationKind<JobFacts, RestoreResult>;

const DAY_MS = 86_400_000;

/** What both kinds of jobs have in common. */
const job = {
  facts: JobFactsSchema,
  statusRequest: ({ id, facts }) =>
    facts.finishedAtOnce ? undefined : request('get', '/v3/jobs/{guid}', { params: { path: { guid: id } } }),
  isOwn: ({ guid }, { id }) => typeof guid === 'string' && guid.toLowerCase() === id.toLowerCase(),
  failedPolls: {
    unauthorized: 'refused',
    forbidden: 'refused',
    notFound: 'absent',
    isNotFound,
    unprovenCredentialEndsWait: true,
  },
  // The Cloud Controller's own limit for a broker (CF-29).
  timeoutMs: 7 * DAY_MS,
  // The foundation itself is not what is being restored.
  outageToleranceMs: 30 * 60_000,
  factsOfTarget: (instance) => ({ serviceInstanceGuid: instance }),
  investigate: investigateLastOperation,
} satisfies Partial<JobKind>;

/** The restore of a service instance. */
export const restoreKind: JobKind = {
  ...job,
  kind: 'cloud-foundry/restore-service-instance',
  otherKind: otherOperation('restore'),
  decide: (fetchStatus, subject) =>
    addReason(
      decideJob(fetchStatus, () => resultOf(subject.facts, RESTORED)),
      subject,
    ),
  endedAtStart: ({ facts }) => (facts.finishedAtOnce ? finishedAtOnce(resultOf(facts, RESTORED)) : undefined),
  overwrites: ({ serviceInstanceGuid = '' }) => serviceInstanceGuid,
};

/** A backup of a service instance. */
export const backupKind: JobKind = {
  ...job,
  kind: 'cloud-foundry/create-backup',
  otherKind: otherOperation('backup'),
  decide: (fetchStatus, subject) =>
    addReason(
      decideJob(fetchStatus, () => resultOf(subject.facts, BACKED_UP)),
      subject,
    ),
  endedAtStart: ({ facts }) => (facts.finishedAtOnce ? finishedAtOnce(resultOf(facts, BACKED_UP)) : undefined),
};

const RESTORED = [
  'The data of the service instance is that of the backup; what was written since is gone.',
  'Whether bindings and their credentials still work is not documented: check the apps that are bound to it.',
];
const BACKED_UP = ['The vendor does not tell the id of the new backup; compare the lists before and after.'];

function resultOf({ dataAsOf }: JobFacts, aftermath: readonly string[]): RestoreResult {
  return { ...(dataAsOf === undefined ? {} : { dataAsOf: new Date(dataAsOf) }), aftermath };
}

function finishedAtOnce(result: RestoreResult): Poll<RestoreResult> {
  return async () => ({
    state: 'succeeded',
    result,
    warnings: [{ code: 'finished-at-once', message: 'The vendor answered 200 instead of a job; taken as done.' }],
  });
}
