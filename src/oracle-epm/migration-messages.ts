import type { PollOptions, Subject } from '../client/operation-kind.ts';
import { ownPath } from '../client/own-path.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import type { StatusDraft } from '../operation/status.ts';
import { isObject, type JsonObject, textOf } from '../protocols/poll-response.ts';
import type { JobFacts } from './facts.ts';
import { familyOf, hrefOf, readableHref } from './job-address.ts';
import type { EpmJobResult } from './job-reports.ts';

/** A message about one artifact. Its fields are the vendor's words. */
export interface MigrationMessage {
  readonly text: string;
  readonly category?: string;
  readonly artifact?: string;
}

const DETAILS = familyOf([
  'status/migration/[^/?]+/[^/?]+/details',
  'applicationsnapshots/[^/?]+/migration/[^/?]+/[^/?]+/details',
]);
const MOST_TASKS = 10;
const MOST_PAGES = 4;
const SHOWN = 5;

/**
 * Adds the reason to a failed export or import. The answer of its status says nothing; each of its tasks has a link to
 * messages. They become part of the message of the failure, and its `details` get them as `messages`.
 */
export async function withReason(
  status: StatusDraft<EpmJobResult>,
  subject: Subject<JobFacts>,
  options: PollOptions,
): Promise<StatusDraft<EpmJobResult>> {
  if (status.state !== 'failed') return status;
  const { failure } = status;
  const body = isObject(failure.details) ? failure.details : {};
  const tasks = objectsIn(body.items).slice(0, MOST_TASKS);
  if (tasks.length === 0) return status;
  const messages: MigrationMessage[] = [];
  let isUnread = false;
  for (const task of tasks) {
    try {
      messages.push(...(await messagesOf(task, subject, options)));
    } catch {
      // The verdict stands without its reason.
      options.signal?.throwIfAborted();
      isUnread = true;
    }
  }
  const errors = messages.filter(({ category = '' }) => /error|fail/i.test(category));
  const told = errors.length > 0 ? errors : messages;
  const shown = told.slice(0, SHOWN).map(({ artifact, text }) => (artifact ? `${artifact}: ${text}` : text));
  const rest = told.length > SHOWN ? ` And ${told.length - SHOWN} more.` : '';
  const unread = isUnread ? ' The details of the job could not be read; see the Migration Status Report.' : '';
  const message = `${failure.message}${shown.length > 0 ? ` ${shown.join('; ')}.` : ''}${rest}${unread}`;
  return { ...status, failure: { ...failure, message, details: { ...body, messages } } };
}

async function messagesOf(
  task: JsonObject,
  subject: Subject<JobFacts>,
  options: PollOptions,
): Promise<readonly MigrationMessage[]> {
  const { system } = subject;
  const messages: MigrationMessage[] = [];
  let href = hrefOf(task.links, /^job\s*details$/i);
  for (let page = 0; href !== undefined && page < MOST_PAGES; page += 1) {
    const { body } = await system.poll({ method: 'GET', path: detailsPath(href, subject) }, options);
    if (!isObject(body)) break;
    messages.push(...objectsIn(body.items).flatMap(toMessage));
    href = hrefOf(body.links, /^next$/i);
  }
  return messages;
}

/** @throws {UntrustedLocationError} the address is not one of this job's details */
function detailsPath(href: string, { system, id }: Subject<JobFacts>): string {
  const { base, redactor } = system.transport;
  const path = ownPath(readableHref(href, base), { base, redactor, family: DETAILS });
  if (path.includes(`/migration/${encodeURIComponent(id)}/`)) return path;
  throw new UntrustedLocationError('The details that the server names are those of another job.', { location: path });
}

function toMessage({ msgText, msgCategory, artifact }: JsonObject): readonly MigrationMessage[] {
  const text = textOf(msgText);
  if (text === undefined) return [];
  const named = textOf(artifact);
  const category = textOf(msgCategory);
  return [{ text, ...(category ? { category } : {}), ...(named ? { artifact: named } : {}) }];
}

function objectsIn(items: unknown): readonly JsonObject[] {
  return (Array.isArray(items) ? items : []).filter(isObject);
}
