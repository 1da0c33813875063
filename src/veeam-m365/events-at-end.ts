import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft, Warning } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { readEvents } from './events.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';
import type { VeeamSystem } from './veeam-system.ts';

export interface RestoreSessionResult extends RestoreResult {
  /**
   * The moment that the session was opened for. The server does not say which backup it chose, so there is no `dataAsOf`
   * (VM-9).
   */
  readonly requestedDateTime?: Date;
}

/** How many texts of events stand in one message. A session may have thousands. */
const MOST_TEXTS = 3;
const UNKNOWN_END = 'The end of a restore inside it is not known: read the events of the session before you repeat it.';

export function toResult(dateTime: string | undefined): RestoreSessionResult {
  const aftermath = [
    'The session has ended: nothing more can be browsed or restored in it; open another one for that.',
  ];
  const requestedDateTime = dateTime === undefined ? undefined : new Date(dateTime);
  return { ...omitUndefined({ requestedDateTime }), aftermath };
}

/**
 * Adds to the end of a session what its events say about the restores inside it, whoever started them. The session itself
 * says Success even if all of them have failed. This takes one more request, at the end only. If it fails, there is a
 * warning.
 */
export async function withEvents(
  status: StatusDraft<RestoreSessionResult>,
  ended: { readonly system: VeeamSystem; readonly id: string; readonly signal: AbortSignal | undefined },
): Promise<StatusDraft<RestoreSessionResult>> {
  const { system, id, signal } = ended;
  if (status.state === 'running' || status.state === 'canceled') return status;
  const events = await readAll(system, id, signal);
  if (status.state === 'failed') {
    const texts = (events ?? []).filter(isBad).flatMap(textOf).slice(0, MOST_TEXTS);
    const { failure } = status;
    return { ...status, failure: { ...failure, message: [failure.message, ...texts].join(' ') } };
  }
  const { ownRestores } = system;
  const found = judgeRestores(events, {
    hasLost: ownRestores.withoutEvent(id, events ?? []).length > 0,
    hasElsewhere: ownRestores.elsewhere(id).length > 0,
    countsNoFailure: (event) => ownRestores.countsNoFailure(id, event),
  });
  const texts = (events ?? [])
    .filter((event) => isBad(event) && (status.state === 'partial' || isRestore(event)))
    .flatMap(textOf);
  const warnings = [...(status.warnings ?? []), ...texts.map((message) => ({ message })), ...found.warnings];
  const result = found.hasOpen
    ? { ...status.result, aftermath: [...status.result.aftermath, UNKNOWN_END] }
    : status.result;
  const reasons = texts.slice(0, MOST_TEXTS).join(' ');
  if (status.state === 'succeeded' && found.state === 'failed') {
    const message = `Nothing but failed restores is in the session. ${reasons}`.trim();
    const failure = { message, code: 'restores-failed', details: texts };
    return { state: 'failed', failure, warnings, raw: status.raw };
  }
  if (status.state === 'succeeded' && found.state === 'succeeded') return { ...status, result, warnings };
  const message = reasons || 'The session stopped with the result Warning, or a restore in it did.';
  return { ...status, state: 'partial', message, result, warnings };
}

interface JudgedRestores {
  readonly state: 'succeeded' | 'partial' | 'failed';
  readonly warnings: readonly Warning[];
  /** Whether a restore is not known to have ended. */
  readonly hasOpen: boolean;
}

function judgeRestores(
  events: readonly SessionEvent[] | undefined,
  own: {
    readonly hasLost: boolean;
    /** Restores were started from the session and have one of their own. */
    readonly hasElsewhere: boolean;
    readonly countsNoFailure: (event: SessionEvent) => boolean;
  },
): JudgedRestores {
  const restores = (events ?? []).filter(isRestore);
  const failed = restores.filter(({ status }) => /^(failed|cancell?ed)$/i.test(status)).length;
  const warned = restores.filter((event) => /^warning$/i.test(event.status) && !own.countsNoFailure(event)).length;
  const hasOpen = own.hasLost || restores.some((restore) => !hasEnded(restore));
  const hasOthers = hasOpen || restores.length > failed;
  // A Warning may mean failed items.
  const isPartial = failed > 0 || warned > 0;
  const warnings: Warning[] = hasOpen ? [{ code: 'restore-without-end', message: UNKNOWN_END }] : [];
  if (events === undefined) {
    const message = 'The events of the session could not be read. It is not known how restores inside it ended.';
    warnings.push({ code: 'events-not-read', message });
  } else if (!hasOthers && !own.hasElsewhere) {
    const message = 'The session ended, and nothing was restored in it: opening one restores nothing by itself.';
    warnings.push({ code: 'nothing-restored', message });
  }
  return { state: failed > 0 && !hasOthers ? 'failed' : isPartial ? 'partial' : 'succeeded', warnings, hasOpen };
}

async function readAll(
  system: VeeamSystem,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly SessionEvent[] | undefined> {
  try {
    return await readEvents(system, id, { signal });
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
