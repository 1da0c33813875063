import type { Job, JobView } from './job.ts';

/** Who gets the mails about a restore: `notify` chooses the audience and switches nothing off (DS-23). */
export interface RestoreMail {
  readonly taskId: string;
  /** The first is sent when the portal is locked, the second when the data is in place; a failure sends none. */
  readonly moment: 'start' | 'end';
  readonly audience: 'owner' | 'every active user';
}

/** The mails that a job has caused by now. */
export function mailsOf(job: Job, view: JobView): RestoreMail[] {
  const audience = job.notify ? 'every active user' : 'owner';
  const mail = (moment: RestoreMail['moment']): RestoreMail => ({ taskId: job.taskId, moment, audience });
  return [...(view.wasLocked ? [mail('start')] : []), ...(view.hasData ? [mail('end')] : [])];
}
