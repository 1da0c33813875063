import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { isMarkedNotStarted, markNotStarted } from '../errors/not-started.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import {
  type ReconcileOptions,
  type Reconciliation,
  StartOutcomeUnknownError,
} from '../errors/start-outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import type { Operation } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { CallOptions } from './client-options.ts';
import { makeOperation } from './make-operation.ts';
import type { Known, LostStart, OperationKind } from './operation-kind.ts';
import type { System } from './system.ts';

/** The content of the answer to an accepted start. */
export interface Accepted<Facts> {
  readonly id: string;
  readonly facts: Facts;
  /** The pause before the first poll that the answer asked for, in milliseconds. */
  readonly pollAfterMs?: number | undefined;
}

export interface StartCall<Facts> {
  /** Describes the start in the message of a lost answer: 'the restore of environment ...'. */
  readonly what: string;
  readonly request: ApiRequest;
  /** The facts that are known before the answer. */
  readonly facts: Facts;
  readonly note?: string | undefined;
  /**
   * Reads a 2xx. It throws an error with `started: 'yes'` if the vendor accepted the start but it cannot be followed,
   * an error of `refusedStart` if the body refuses the start, and `LostAnswer` if the body does not say whether it was
   * accepted.
   */
  readonly parseStartResponse: (answer: Answer, startedAt: Date, baseline: unknown) => Accepted<Facts>;
  /** What a person should do about a lost answer. @default to call reconcile() */
  readonly advice?: string | undefined;
  /** Of a 202 with a `Location`, the body is not read. */
  readonly isToldByHeaders?: boolean | undefined;
}

const FIRST_START_PAUSE_MS = 1_000;
const LONGEST_START_PAUSE_MS = 60_000;
const ADVICE = 'Do not start it again before you know. reconcile() asks the vendor.';

/** Marks the error of a 2xx whose body refuses the start: nothing was started. */
export function refusedStart(error: RestoreKitError): unknown {
  return markNotStarted(error);
}

/** One start: its request, how its answer is read, and how a lost start is investigated. */
interface Start<T> {
  readonly what: string;
  readonly request: ApiRequest;
  readonly note?: string | undefined;
  /** See `StartCall`. */
  readonly parseStartResponse: (answer: Answer, startedAt: Date) => T;
  /** `wasAccepted` is true if a 2xx came that could not be understood. */
  readonly reconcile: (
    lost: { readonly startedAt: Date; readonly wasAccepted: boolean },
    options: ReconcileOptions,
  ) => Promise<Reconciliation<T>>;
  readonly advice?: string | undefined;
  readonly isToldByHeaders?: boolean | undefined;
}

/**
 * Starts an operation of a kind. The request is sent once.
 * @throws {StartOutcomeUnknownError} the request may have been sent, and no answer says whether it took effect
 */
export async function startOperation<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kind: OperationKind<Facts, Result, S, Op>,
  call: StartCall<Facts>,
  options: CallOptions,
): Promise<Op> {
  checkNote(call.note);
  const { facts, note } = call;
  const baseline = await takeBaseline(system, kind, facts, options);
  const start: Start<Op> = {
    ...call,
    parseStartResponse: (answer, startedAt) =>
      makeOperation(system, kind, { ...call.parseStartResponse(answer, startedAt, baseline), startedAt, note }),
    reconcile: (lost, reconcileOptions) =>
      reconcileLostStart(system, kind, { ...lost, note, facts, baseline }, reconcileOptions),
  };
  const operation = await sendStart(system, start, options);
  tellStarted(system, operation);
  return operation;
}

function tellStarted(system: System, { kind, id, startedAt, note }: Operation<unknown>): void {
  const at = system.clock.now();
  system.event({ type: 'started', at, kind, id, startedAt: startedAt.getTime(), ...omitUndefined({ note }) });
}

/**
 * Sends a start once and reads its answer. After the request was sent, no error says that it was not sent.
 * @throws {StartOutcomeUnknownError} the request may have been sent, and no answer says whether it took effect
 */
async function sendStart<T>(system: System, start: Start<T>, options: CallOptions): Promise<T> {
  checkNote(start.note);
  const startedAt = new Date(system.clock.now());
  let answer: Answer;
  try {
    answer = await sendRequest(system, start, options);
  } catch (error) {
    if (error instanceof LostAnswer) {
      throw lostStart(system, start, { startedAt, wasAccepted: isUnreadable2xx(error.cause), error });
    }
    throw error;
  }
  try {
    return start.parseStartResponse(answer, startedAt);
  } catch (error) {
    const isKnown = isMarkedNotStarted(error) || (RestoreKitError.isInstance(error) && error.started === 'yes');
    throw isKnown ? error : lostStart(system, start, { startedAt, wasAccepted: true, error });
  }
}

/** Asks the vendor whether a lost start took effect, and makes an operation if a restore was found. */
export async function reconcileLostStart<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kind: OperationKind<Facts, Result, S, Op>,
  lost: LostStart<Facts>,
  options: ReconcileOptions,
): Promise<Reconciliation<Op>> {
  const told = await kind.investigate(system, lost, options);
  if (told.outcome !== 'started') return withoutSecrets(system, told);
  const { startedAt, note } = lost;
  const known: Known<Facts> = { id: told.id, facts: told.facts, startedAt, note };
  const operation = makeOperation(system, kind, known);
  tellStarted(system, operation);
  return { outcome: 'started', operation };
}

async function takeBaseline<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kind: OperationKind<Facts, Result, S, Op>,
  facts: Facts,
  options: CallOptions,
): Promise<unknown> {
  try {
    return await kind.takeBaseline?.(system, facts, options.signal ? { signal: options.signal } : {});
  } catch {
    // The baseline helps a later reconciliation, but the start does not depend on it.
    if (options.signal?.aborted) throw markNotStarted(options.signal.reason);
    return undefined;
  }
}

function sendRequest<T>(system: System, start: Start<T>, options: CallOptions): Promise<Answer> {
  const { isToldByHeaders, request } = start;
  return retryUnsent(system, options, () =>
    system.transport.send(request, { ...options, mode: 'start', isToldByHeaders }),
  );
}

/**
 * Sends a start after a check of the connection. If it certainly was not sent, it is sent again, as often as
 * `retryUnsentStarts` allows.
 * @throws {LostAnswer} it may have been sent
 * @throws any other error, marked as not started
 */
export async function retryUnsent<T>(system: System, options: CallOptions, send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await system.transport.ensureConnection(system.traits.cheapRead, { signal: options.signal });
      return await send();
    } catch (error) {
      if (error instanceof LostAnswer) throw error;
      // Any other error came before the start could take effect: no token, no connection, or a refusal.
      const isUnsent = ConnectionError.isInstance(error) && error.sent === 'no';
      if (!isUnsent || attempt > system.retryUnsentStarts) throw markNotStarted(error);
      const delayMs = Math.min(LONGEST_START_PAUSE_MS, FIRST_START_PAUSE_MS * 2 ** (attempt - 1));
      system.event({ type: 'retry', at: system.clock.now(), attempt: attempt + 1, delayMs, error });
      await system.clock.sleep(delayMs, options.signal);
    }
  }
}

/** The error of a start whose answer was lost or could not be understood. */
export function lostStart<T>(
  system: System,
  start: Pick<Start<T>, 'what' | 'note' | 'advice' | 'reconcile'>,
  lost: { readonly startedAt: Date; readonly wasAccepted: boolean; readonly error: unknown },
): StartOutcomeUnknownError<T> {
  const { startedAt, wasAccepted, error } = lost;
  const { transport } = system;
  const cause = error instanceof LostAnswer ? error.cause : error;
  const note = start.note === undefined ? '' : ` (${start.note})`;
  const why = cause instanceof Error ? cause.message : 'The call was aborted.';
  let found: Reconciliation<T> | undefined;
  return new StartOutcomeUnknownError<T>(
    transport.redactor.text(
      `It is not known whether ${start.what}${note} was started: ${why} It is not sent again; call reconcile().`,
    ),
    {
      cause: transport.redactor.error(cause),
      advice: start.advice ?? ADVICE,
      reconcile: async (options = {}) => {
        // A result that was found once is kept.
        const told = found ?? withoutSecrets(system, await start.reconcile({ startedAt, wasAccepted }, options));
        if (told.outcome === 'started') found ??= told;
        return found ?? told;
      },
    },
  );
}

/** Whether a 2xx was too large or too deep to be read. */
export function isUnreadable2xx(error: unknown): boolean {
  return UnexpectedResponseError.isInstance(error) && error.status >= 200 && error.status < 300;
}

/** The evidence may quote the server, so secrets are removed from it. */
function withoutSecrets<T extends { readonly outcome: string }>(system: System, told: T): T {
  return told.outcome === 'unknown' ? system.transport.redactor.data(told) : told;
}

export function checkNote(note: unknown): void {
  if (note !== undefined && typeof note !== 'string') throw new ConfigurationError('note', 'must be a text.');
}
