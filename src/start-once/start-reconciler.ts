import type { Clock } from '../clock/clock.ts';
import { type Reconciliation, StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { followStarted, type OnStoreError, resumeStarted } from './followed-start.ts';
import { memoryOf, type Reconcile } from './process-memory.ts';
import type { RestoreStore } from './restore-store.ts';
import { settleAdvice } from './settle-advice.ts';
import type { AnyOperation, LostStart, StartOnceClient } from './start-client.ts';
import type { StartRecord } from './start-record.ts';
import type { StartRecords } from './start-records.ts';
import { describeTarget } from './start-target.ts';

export interface ReconcilerContext<Op> {
  readonly store: RestoreStore;
  readonly client: StartOnceClient<Op>;
  readonly records: StartRecords;
  readonly clock: Clock;
  readonly onStoreError: OnStoreError | undefined;
}

/** A start that a server processes late usually shows within a minute. */
const LATE_MS = 60_000;

/** Finds out about a start without a handle. If a restore is found, it is written into the record. */
export class StartReconciler<Op extends AnyOperation> {
  readonly #record: StartRecord;
  readonly #context: ReconcilerContext<Op>;
  readonly #ownReconcile: Reconcile<Op> | undefined;

  constructor(record: StartRecord, context: ReconcilerContext<Op>) {
    this.#record = record;
    this.#context = context;
    this.#ownReconcile = memoryOf(context.store).lost.get(record.attempt) as Reconcile<Op> | undefined;
  }

  /**
   * Returns the operation of the start if the vendor knows it.
   * @throws {StartOutcomeUnknownError} the vendor does not know it; the error says what was observed
   */
  async find(signal: AbortSignal | undefined): Promise<Op> {
    // For an older start the vendor is asked only once, so that a rerun with a short life gets an answer too.
    // reconcile() of the error asks for longer.
    const sinceMs = this.#context.clock.now() - this.#lost().startedAt.getTime();
    const patienceMs = Math.min(LATE_MS, Math.max(0, LATE_MS - sinceMs));
    const told = await this.reconcile(signal ? { signal, patienceMs } : { patienceMs });
    if (told.outcome === 'started') return told.operation;
    throw this.error(told.outcome === 'unknown' ? { evidence: told.evidence, advice: told.advice } : {});
  }

  /** The error with what is known. Neither the error nor its `reconcile()` frees the key or the target. */
  error(
    found: {
      readonly evidence?: readonly string[];
      readonly advice?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ): StartOutcomeUnknownError<Op> {
    const { key, target } = this.#record;
    const evidence = (found.evidence ?? [evidenceOf(this.#record)]).join(' ');
    const settle = settleAdvice(key);
    return new StartOutcomeUnknownError<Op>(
      `It is not known whether '${key}' was started on ${describeTarget(target)}. ${evidence} It is not started again. ${settle}`,
      { reconcile: this.reconcile, advice: adviceWith(found.advice, settle), cause: found.cause },
    );
  }

  /** Asks the vendor and records a restore that is found. It does not free the key or the target. */
  readonly reconcile: Reconcile<Op> = async (options = {}) => {
    const { client } = this.#context;
    const isOver = this.#record.state === 'ended';
    const ask = this.#ownReconcile ?? client.reconcileStart?.bind(client, this.#lost());
    if (isOver || !ask) return this.#unknown([evidenceOf(this.#record)]);
    const told = await ask(options);
    if (told.outcome === 'started') return this.#adopt(told.operation);
    // Another process may have received the answer meanwhile.
    const current = (await this.#context.records.records.read(this.#record.key))?.record;
    const known = current?.attempt === this.#record.attempt ? this.#known(current) : undefined;
    if (known) return known;
    if (told.outcome === 'unknown') return { ...told, advice: adviceWith(told.advice, settleAdvice(this.#record.key)) };
    const silence =
      'The vendor shows no such restore. That is no proof: the request may be delayed, or the server may process it late.';
    return this.#unknown([evidenceOf(this.#record), silence], true);
  };

  async #adopt(operation: Op): Promise<Reconciliation<Op>> {
    const { records, store } = this.#context;
    const handle = operation.toJSON();
    const written = await records.adopted(this.#record, handle, true);
    if (written.outcome === 'owned') {
      return this.#unknown([
        evidenceOf(this.#record),
        `The vendor shows ${handle.kind} ${handle.id}, which belongs to '${written.by}'.`,
      ]);
    }
    if (written.outcome === 'ambiguous') {
      return this.#unknown([
        evidenceOf(this.#record),
        `The vendor shows ${handle.kind} ${handle.id}, which may also be the restore of '${written.with}': neither start was answered.`,
      ]);
    }
    if (written.outcome === 'written') {
      memoryOf(store).lost.delete(this.#record.attempt);
      return { outcome: 'started', operation: followStarted(operation, written.record, this.#context) };
    }
    const { record } = written;
    const known = record?.attempt === this.#record.attempt ? this.#known(record) : undefined;
    const found = `The vendor shows ${handle.kind} ${handle.id}, but the record has changed meanwhile.`;
    return known ?? this.#unknown([evidenceOf(record ?? this.#record), found]);
  }

  /** What the record of this attempt says without asking the vendor. */
  #known(record: StartRecord): Reconciliation<Op> | undefined {
    if (record.state === 'released') return { outcome: 'not-started' };
    const operation = resumeStarted(record, this.#context.client, this.#context);
    return operation && { outcome: 'started', operation };
  }

  #unknown(evidence: readonly string[], looksNotStarted = false): Reconciliation<Op> {
    return { outcome: 'unknown', evidence, advice: settleAdvice(this.#record.key), looksNotStarted };
  }

  #lost(): LostStart {
    const { key, target, note, baseline, intendedAt, createdAt } = this.#record;
    return {
      key,
      target,
      startedAt: new Date(intendedAt ?? createdAt),
      ...omitUndefined({ note, baseline }),
    };
  }
}

export function adviceWith(advice: string | undefined, settle: string): string {
  if (advice === undefined || advice.includes(settle)) return advice ?? settle;
  return `${advice} ${settle}`;
}

function evidenceOf({ state, reason, intendedAt, createdAt }: StartRecord): string {
  const at = intendedAt ?? createdAt;
  if (state === 'intended') {
    return `Its intent was recorded at ${at}, and nothing after that: its process died or is waiting for the answer.`;
  }
  if (state === 'ended') return `Its start at ${at} was never answered, and a person has recorded that it has ended.`;
  if (reason === 'accepted')
    return `Its start at ${at} was accepted, but the answer does not name an operation that can be followed.`;
  return `The answer to its start at ${at} was lost (${reason ?? 'no reason recorded'}).`;
}
