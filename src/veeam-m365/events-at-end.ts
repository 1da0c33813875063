import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft, Warning } from '../operation/status.ts';
import type { VeeamContext } from './context.ts';
import { readEvents } from './events.ts';
import type { RestoreRecords } from './restore-records.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';

export interface RestoreSessionResult extends RestoreResult {
  /**
   * The moment that the session was asked to show. Which backup the server chose for it is not told, hence no
   * `dataAsOf` (VM-9).
   */
  readonly requestedDateTime?: Date;
}

/** Texts of events in one message; a session may have thousands. */
const MOST_TEXTS = 3;
const UNKNOWN_END = 'The end of a restore inside it is not known: read the events of the session before you repeat it.';

export function toResult(dateTime: string | undefined): RestoreSessionResult {
  const aftermath = [
    'The session has ended: nothing more can be browsed or restored in it; open another one for that.',
  ];
  return { ...(dateTime === undefined ? {} : { requestedDateTime: new Date(dateTime) }), aftermath };
}

/**
 * Adds to the end of a session what its events tell of the restores inside it, whoever began them: the session itself
 * says Success where all of them have failed. Costs one more request, at the end only; where it fails, that is said.
 */
export async function withEvents(
  status: StatusDraft<RestoreSessionResult>,
  ended: {
    readonly context: VeeamContext;
    readonly id: string;
    readonly records: RestoreRecords;
    readonly signal: AbortSignal | undefined;
  },
): Promise<StatusDraft<RestoreSessionResult>> {
  const { context, id, records, signal } = ended;
  if (status.state === 'running' || status.state === 'canceled') return status;
  const events = await readAll(context, id, signal);
  if (status.state === 'failed') {
    const texts = (events ?? []).filter(isBad).flatMap(textOf).slice(0, MOST_TEXTS);
    const { failure } = status;
    return { ...status, failure: { ...failure, message: [failure.message, ...texts].join(' ') } };
  }
  const told = judge(events, records, status.state === 'partial' ? isBad : (event) => isBad(event) && isRestore(event));
  const warnings = [...(status.warnings ?? []), ...told.warnings];
  const result = told.isOpen
    ? { ...status.result, aftermath: [...status.result.aftermath, UNKNOWN_END] }
    : status.result;
  if (status.state === 'succeeded' && told.state === 'failed') {
    const message = ['Nothing but failed restores is in the session.', ...told.texts.slice(0, MOST_TEXTS)].join(' ');
    const failure = { message, code: 'restores-failed', details: told.texts };
    return { state: 'failed', failure, warnings, raw: status.raw };
  }
  if (status.state === 'succeeded' && told.state === 'succeeded') return { ...status, result, warnings };
  const message =
    told.texts.slice(0, MOST_TEXTS).join(' ') || 'The session stopped with the result Warning, or a restore in it did.';
  return { ...status, state: 'partial', message, result, warnings };
}

interface Judged {
  readonly state: 'succeeded' | 'partial' | 'failed';
  readonly warnings: readonly Warning[];
  readonly texts: readonly string[];
  /** Whether a restore has no known end. */
  readonly isOpen: boolean;
}

function judge(
  events: readonly SessionEvent[] | undefined,
  records: RestoreRecords,
  isTold: (event: SessionEvent) => boolean,
): Judged {
  const { failed, partial, succeeded } = records;
  const restores = (events ?? []).filter(isRestore);
  const failures = restores.filter(({ status }) => /^(failed|cancell?ed)$/i.test(status));
  const warned = restores.filter(({ status }) => /^warning$/i.test(status));
  const open = restores.filter((restore) => !hasEnded(restore));
  const texts = (events ?? []).filter(isTold).flatMap(textOf);
  const isOpen = open.length > 0 || (records.open > 0 && restores.length < records.begun);
  const hasFailed = failures.length > 0 || failed > 0;
  // A Warning may stand for failed items; only the answers of this client tell that it does not.
  const isPartial = partial > 0 || warned.length > succeeded;
  const hasOthers = isPartial || succeeded > 0 || isOpen || restores.length > failures.length;
  const state = hasFailed ? (hasOthers ? 'partial' : 'failed') : isPartial ? 'partial' : 'succeeded';
  const warnings: Warning[] = texts.map((message) => ({ message }));
  if (isOpen) warnings.push({ code: 'restore-without-end', message: UNKNOWN_END });
  if (events === undefined) {
    const message = 'The events of the session could not be read: how restores inside it went is not known here.';
    warnings.push({ code: 'events-not-read', message });
  } else if (records.restoredItems === 0 && records.open === 0 && restores.length <= records.empty) {
    const message = 'The session ended, and nothing was restored in it: opening one restores nothing by itself.';
    warnings.push({ code: 'nothing-restored', message });
  }
  return { state, warnings, texts, isOpen };
}

async function readAll(
  context: VeeamContext,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly SessionEvent[] | undefined> {
  try {
    return await readEvents(context, id, { signal });
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

function isBad({ status }: SessionEvent): boolean {
  return /^(failed|warning|cancell?ed)$/i.test(status);
}

function textOf({ message, title }: SessionEvent): string | readonly [] {
  return message ?? title ?? [];
}
