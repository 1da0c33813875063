import type { OperationKind } from '../client/operation-kind.ts';
import type { StatusDraft } from '../operation/status.ts';
import type { FetchStatus } from '../protocols/poll-response.ts';
import { textOf } from '../protocols/poll-response.ts';
import { type ApiVersion, kindName } from './api-version.ts';
import { listBefore } from './baseline.ts';
import { isWorking, pollSession } from './decide-session.ts';
import type { Dialect } from './dialect.ts';
import { emptySessionWarnings } from './empty-session.ts';
import { type RestoreSessionResult, toResult, withEvents } from './events-at-end.ts';
import { FAILED_POLLS } from './failed-polls.ts';
import { fetchSession } from './fetch-session.ts';
import { investigateExplore } from './investigate-explore.ts';
import { OpenSession, type RestoreSession } from './restore-session.ts';
import { type SessionFacts, SessionFactsSchema } from './session-facts.ts';
import { withStatistics } from './statistics-at-end.ts';
import type { VeeamSystem } from './veeam-system.ts';

export type SessionKind = OperationKind<SessionFacts, RestoreSessionResult, VeeamSystem, RestoreSession>;

const HOUR_MS = 3_600_000;

/**
 * A session, polled by one version of the API. It ends when it has stopped. A session is the same object in all versions, so
 * one that another version has opened can be polled too.
 * @param version the version that has opened it
 */
export function sessionKind(dialect: Dialect, version: ApiVersion = dialect.version): SessionKind {
  return {
    kind: kindName({ version }, 'restore-session'),
    facts: SessionFactsSchema,
    statusRequest: ({ id }) => dialect.getSession(id),
    fetchStatus:
      ({ system, id }) =>
      (options) =>
        fetchSession(system, id, options),
    isOwn: (body, { id }) => textOf(body.id)?.toLowerCase() === id.toLowerCase(),
    decide: (fetchStatus, { system, id, facts }) => follow(fetchStatus, { system, id, facts }),
    failedPolls: FAILED_POLLS,
    // A session that nobody stops may live for ever.
    timeoutMs: 24 * HOUR_MS,
    // The backup server itself is not what is being restored.
    outageToleranceMs: HOUR_MS / 2,
    timeoutAdvice:
      'A session lives until somebody stops it, or it expires; until then it holds resources of the server.',
    isReady: ({ raw }) => isWorking(raw),
    extend: (operation, { system, facts }) => new OpenSession(operation, { system, facts }),
    factsOfTarget: () => ({}),
    takeBaseline: (system, _facts, { signal }) => listBefore(system, signal),
    investigate: investigateExplore,
  };
}

/** Once, and only for a session that was opened by this client. */
async function readWhetherEmpty(
  { system, id, facts }: { readonly system: VeeamSystem; readonly id: string; readonly facts: SessionFacts },
  signal: AbortSignal | undefined,
): Promise<void> {
  if (facts.type === undefined || !system.unread.delete(facts)) return;
  const empty = await emptySessionWarnings(system, { id, type: facts.type }, signal);
  system.warnings.set(facts, [...(system.warnings.get(facts) ?? []), ...empty]);
}

function follow(
  fetchStatus: FetchStatus,
  session: { readonly system: VeeamSystem; readonly id: string; readonly facts: SessionFacts },
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<RestoreSessionResult>> {
  const poll = pollSession(fetchStatus, () => toResult(session.facts.dateTime));
  return async (options) => {
    const ended = { ...session, signal: options.signal };
    const seen = await poll(options);
    if (seen.state === 'running') {
      if (isWorking(seen.raw)) await readWhetherEmpty(session, options.signal);
      return { ...seen, warnings: [...(seen.warnings ?? []), ...(session.system.warnings.get(session.facts) ?? [])] };
    }
    return withStatistics(await withEvents(seen, ended), ended);
  };
}
