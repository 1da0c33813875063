import type { Poll, PollOptions, Subject } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft } from '../operation/status.ts';
import { isObject, type JsonObject } from '../protocols/poll-response.ts';
import { explainFailure } from './explain-failure.ts';
import type { JobFacts } from './facts.ts';
import { linkedInstance, readLastOperation, type Witness } from './read-instance.ts';
import type { LastOperation } from './service-instance.ts';
import { beganAt, isSince, toOptionalDate, toWireTime } from './times.ts';

type Running = StatusDraft<RestoreResult> & { readonly state: 'running' };

const MINUTE_MS = 60_000;
/** A job that has not changed for this time may be stuck. */
const STUCK_MS = 30 * MINUTE_MS;
const READ_EVERY_MS = 10 * MINUTE_MS;
const ENDED: readonly unknown[] = ['succeeded', 'failed'];

/**
 * Adds the state of the service instance to the polls of a job. A job may stay PROCESSING for ever although the work is
 * done (https://github.com/cloudfoundry/cloud_controller_ng/issues/1950), and may be FAILED although the broker is
 * still working (CF-26). The last operation may belong to somebody else (CF-25), so it is shown but decides nothing.
 */
export function withSecondWitness(poll: Poll<RestoreResult>, subject: Subject<JobFacts>): Poll<RestoreResult> {
  const witness = new SecondWitness(subject);
  return async (options) => {
    const status = await poll(options);
    if (status.state !== 'running' && status.state !== 'failed') return status;
    const body = isObject(status.raw) ? status.raw : {};
    if (status.state === 'running') return witness.whileRunning(status, body, options);
    const last = await witness.read(body, options);
    return { ...status, failure: explainFailure(status.failure, last) };
  };
}

class SecondWitness {
  readonly #subject: Subject<JobFacts>;
  /** The fields of the job that show whether it has changed. */
  #mark: string | undefined;
  #changedAt = 0;
  #readAt = Number.NEGATIVE_INFINITY;
  #seen: Witness | undefined;

  constructor(subject: Subject<JobFacts>) {
    this.#subject = subject;
  }

  async whileRunning(status: Running, job: JsonObject, options: PollOptions): Promise<Running> {
    const now = this.#subject.system.clock.now();
    const mark = JSON.stringify([job.state, job.updated_at, Array.isArray(job.errors) ? job.errors.length : 0]);
    if (mark !== this.#mark) {
      this.#mark = mark;
      this.#changedAt = now;
      this.#readAt = Number.NEGATIVE_INFINITY;
      this.#seen = undefined;
    }
    const updatedAt = this.#updatedAt(job);
    const unchangedMs = Math.max(now - this.#changedAt, updatedAt === undefined ? 0 : now - updatedAt);
    if (unchangedMs < STUCK_MS) return status;
    if (now - this.#readAt >= READ_EVERY_MS) {
      this.#readAt = now;
      const seen = await this.read(job, options);
      if (seen.outcome !== 'unreadable') this.#seen = seen;
    }
    const since = toOptionalDate(job.updated_at) ?? new Date(this.#changedAt);
    return this.#seen ? tell(status, this.#seen, since) : status;
  }

  /** Never throws, because the status of the job is valid without it. */
  async read(job: JsonObject, options: PollOptions): Promise<Witness> {
    const { system, facts } = this.#subject;
    const guid = facts.serviceInstanceGuid ?? linkedInstance(job);
    if (guid === undefined) return { outcome: 'unreadable' };
    try {
      const last = await readLastOperation(system, guid, options);
      const isOfTheJob = isSince(last?.createdAt ?? last?.updatedAt, beganAt(job, this.#subject));
      return last && isOfTheJob ? { outcome: 'read', last } : { outcome: 'older' };
    } catch {
      return { outcome: 'unreadable' };
    }
  }

  /** When the job was last changed, by our clock; undefined if the server's clock is not known. */
  #updatedAt(job: JsonObject): number | undefined {
    const { serverAheadMs } = this.#subject.system.transport;
    const updatedAt = toOptionalDate(job.updated_at);
    return updatedAt === undefined || serverAheadMs === undefined ? undefined : updatedAt.getTime() - serverAheadMs;
  }
}

function tell(status: Running, seen: Witness, since: Date): Running {
  const unchanged = `The job has not changed since ${toWireTime(since)}.`;
  const said = status.message === undefined ? unchanged : `${status.message.replace(/\.$/, '')}. ${unchanged}`;
  if (seen.outcome !== 'read') return { ...status, message: said };
  const what = describeLastOperation(seen.last);
  if (!ENDED.includes(seen.last.state)) return { ...status, message: `${said} The last operation: ${what}.` };
  const message = `According to the job it is still running, but the last operation of its service instance has ended: ${what}. That may be the work of this job, but it is not certain: check the instance (\`cf service NAME\`) and its data.`;
  return {
    ...status,
    message: `${said} The last operation of its service instance has ended: ${what}.`,
    warnings: [...(status.warnings ?? []), { code: 'last-operation-ended', message }],
  };
}

/** `update, succeeded, 2026-04-23T09:00:00Z (Restore succeeded)` */
function describeLastOperation({ type, state, description, createdAt, updatedAt }: LastOperation): string {
  const at = updatedAt ?? createdAt;
  const words = [type ?? 'no type', state ?? 'no state', ...(at ? [toWireTime(at)] : [])].join(', ');
  return description === undefined ? words : `${words} (${description})`;
}
