import type { OperationKind, Poll, Subject } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { FetchStatus } from '../protocols/poll-response.ts';
import { type CreatedBackup, idsOf, readBackups, withNewBackup } from './created-backup.ts';
import { decideJob } from './decide-job.ts';
import { isNotFound } from './explain-error.ts';
import { type JobFacts, JobFactsSchema } from './facts.ts';
import { investigateBackup, investigateLastOperation } from './investigate.ts';
import { collectWarnings } from './job-warnings.ts';
import { otherOperation } from './other-operation.ts';
import { withSecondWitness } from './second-witness.ts';
import { request } from './traits.ts';

/** Without these two, a kind whose result has more fields fits where a plain result is expected. */
type JobKind<Result> = Omit<OperationKind<JobFacts, Result>, 'isReady' | 'extend'> & {
  readonly isReady?: never;
  readonly extend?: never;
};

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
  // The restore does not affect the foundation that is polled.
  outageToleranceMs: 30 * 60_000,
  factsOfTarget: (instance) => ({ serviceInstanceGuid: instance }),
  investigate: investigateLastOperation,
} satisfies Partial<JobKind<unknown>>;

/** The restore of a service instance. */
export const restoreKind: JobKind<RestoreResult> = {
  ...job,
  kind: 'cloud-foundry/restore-service-instance',
  otherKind: otherOperation('restore'),
  decide: (fetchStatus, subject) => followJob(fetchStatus, subject, RESTORED),
  endedAtStart: ({ facts }) => (facts.finishedAtOnce ? finishedAtOnce(facts, RESTORED) : undefined),
  overwrites: ({ serviceInstanceGuid = '' }) => serviceInstanceGuid,
};

/** A backup of a service instance. */
export const backupKind: JobKind<CreatedBackup> = {
  ...job,
  kind: 'cloud-foundry/create-backup',
  otherKind: otherOperation('backup'),
  decide: (fetchStatus, subject) => withNewBackup(followJob(fetchStatus, subject, []), subject),
  endedAtStart: (subject) =>
    subject.facts.finishedAtOnce ? withNewBackup(finishedAtOnce(subject.facts, []), subject) : undefined,
  takeBaseline: async (system, { serviceInstanceGuid = '' }, options) =>
    idsOf(await readBackups(system, serviceInstanceGuid, options)),
  investigate: investigateBackup,
};

const RESTORED = [
  'The data of the service instance is that of the backup; later changes are lost.',
  'It is not documented whether bindings and their credentials still work: check the apps that are bound to the instance.',
];

function resultOf({ dataAsOf }: JobFacts, aftermath: readonly string[]): RestoreResult {
  return dataAsOf === undefined ? { aftermath } : { dataAsOf: new Date(dataAsOf), aftermath };
}

function followJob(
  fetchStatus: FetchStatus,
  subject: Subject<JobFacts>,
  aftermath: readonly string[],
): Poll<RestoreResult> {
  const poll = decideJob(fetchStatus, () => resultOf(subject.facts, aftermath));
  return withSecondWitness(collectWarnings(poll, subject.facts.warnings ?? []), subject);
}

function finishedAtOnce(facts: JobFacts, aftermath: readonly string[]): Poll<RestoreResult> {
  const message = 'The vendor answered 200 instead of naming a job; this counts as done.';
  return async () => ({
    state: 'succeeded',
    result: resultOf(facts, aftermath),
    warnings: [{ code: 'finished-at-once', message }, ...(facts.warnings ?? []).map((text) => ({ message: text }))],
  });
}
