import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { VeeamContext } from './context.ts';
import { eventsOf } from './events.ts';
import { SessionSchema } from './schemas.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';
import { type RestoreSessionInfo, toSessionInfo } from './session-info.ts';

const ADVICE =
  'Read the events of the session until the restore has one that has ended, and look into the mailbox, before anyone restores it again. What a broken connection does to a restore that runs is not documented.';

/** Clocks of the server and of this machine may differ by so much. */
const SKEW_MS = 5 * 60_000;

/**
 * What can be told of a restore whose answer was lost: the state of its session, and the events of type Restore since
 * (VM-12). They name no request and hold no counters, so this yields evidence, never an outcome.
 */
export async function reconcileRestore<T>(
  context: VeeamContext,
  sessionId: string,
  startedAt: Date,
  options: ReconcileOptions,
): Promise<Reconciliation<T>> {
  const evidence = [
    await sessionEvidence(context, sessionId, options),
    ...(await eventEvidence(context, sessionId, startedAt, options)),
  ];
  options.signal?.throwIfAborted();
  return {
    outcome: 'unknown',
    evidence,
    advice: ADVICE,
  };
}

async function sessionEvidence(context: VeeamContext, sessionId: string, options: ReconcileOptions): Promise<string> {
  try {
    const session = toSessionInfo(
      await context.system.read(context.dialect.getSession(sessionId), SessionSchema, options),
    );
    return `The session is ${session.state}${endOf(session)}.`;
  } catch (error) {
    return `The session could not be read: ${messageOf(error)}`;
  }
}

async function eventEvidence(
  context: VeeamContext,
  sessionId: string,
  startedAt: Date,
  options: ReconcileOptions,
): Promise<readonly string[]> {
  const since = startedAt.toISOString();
  try {
    const events = await eventsOf(context, sessionId, options).toArray();
    const restores = events.filter(isRestore).filter((event) => isSince(event, startedAt));
    const ended = restores.filter(hasEnded).map(({ status }) => status);
    if (restores.length === 1 && ended.length === 1) {
      return [
        `The only restore of the session since the start at ${since} has ended as ${ended[0]}.`,
        ...restores.map((event) => `An event since the start at ${since}: ${describe(event)}`),
      ];
    }
    if (restores.length > 0) return restores.map((event) => `An event since the start at ${since}: ${describe(event)}`);
    return [`The session has no event of a restore since the start at ${since}; one may still come.`];
  } catch (error) {
    return [`The events could not be read: ${messageOf(error)}`];
  }
}

function isSince({ startTime }: SessionEvent, startedAt: Date): boolean {
  return startTime === undefined || startTime.getTime() >= startedAt.getTime() - SKEW_MS;
}

function describe({ title, message, status, startTime, endTime, target }: SessionEvent): string {
  const times = [startTime && `begun ${startTime.toISOString()}`, endTime && `ended ${endTime.toISOString()}`];
  const parts = [title ?? message ?? 'a restore', status, target && `to ${target}`, ...times].filter(Boolean);
  return `${parts.join(', ')}.`;
}

function endOf({ result, endedAt }: RestoreSessionInfo): string {
  const at = endedAt ? ` since ${endedAt.toISOString()} by the server's clock` : '';
  return `${at}${result ? `, with the result ${result}` : ''}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason given.';
}
