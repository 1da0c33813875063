import type { Job, JobView } from './job.ts';

/** A mail about a restore. `notify` chooses who gets it, but does not switch it off (DS-23). */
export interface RestoreMail {
  readonly taskId: string;
  /** The first is sent when the portal is locked, the second when the data is in place; a failure sends none. */
  readonly moment: 'start' | 'end';
  readonly audience: 'owner' | 'every active user';
}

/** The mails that a job has sent so far. */
export function mailsOf(job: Job, view: JobView): RestoreMail[] {
  const audience = job.notify ? 'every active user' : 'owner';
  const mail = (moment: RestoreMail['moment']): RestoreMail => ({ taskId: job.taskId, moment, audience });
  return [...(view.wasLocked ? [mail('start')] : []), ...(view.hasData ? [mail('end')] : [])];
}
