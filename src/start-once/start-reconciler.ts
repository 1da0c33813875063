import type { Clock } from '../clock/clock.ts';
import {
  type ReconcileOptions,
  type Reconciliation,
  StartOutcomeUnknownError,
} from '../errors/start-outcome-unknown-error.ts';
import { memoryOf, type Reconcile } from './process-memory.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation, LostStart, StartOnceClient } from './start-client.ts';
import type { StartRecord } from './start-record.ts';
import type { StartRecords } from './start-records.ts';
import { describeTarget } from './start-target.ts';

/** The silence of a vendor says nothing while the request of another process may still be on its way. */
const REQUEST_LIFE_MS = 10 * 60_000;
const ADVICE =
  'Do not start it again before you know. Look at the target in its own console; settleStart() records what you have found.';

interface Surroundings<Op> {
  readonly store: RestoreStore;
  readonly client: StartOnceClient<Op>;
  readonly desk: StartRecords;
  readonly clock: Clock;
}

/** What can be learnt about a start without a handle. What the vendor tells is written into its record. */
export class StartReconciler<Op extends AnyOperation> {
  readonly #record: StartRecord;
  readonly #around: Surroundings<Op>;
  readonly #ownLoss: Reconcile<Op> | undefined;

  constructor(record: StartRecord, around: Surroundings<Op>) {
    this.#record = record;
    this.#around = around;
    this.#ownLoss = memoryOf(around.store).lost.get(record.attempt) as Reconcile<Op> | undefined;
  }

  /** Whether anybody can be asked. */
  get canAsk(): boolean {
    return this.#record.state !== 'ended' && Boolean(this.#ownLoss ?? this.#around.client.reconcileStart);
  }

  get startedAt(): Date {
    return this.#lost().startedAt;
  }

  /** Asks, and takes over a restore that was found. Frees nothing. */
  async ask(options: ReconcileOptions = {}): Promise<Reconciliation<Op>> {
    if (!this.canAsk) return { outcome: 'unknown', evidence: [evidenceOf(this.#record)], advice: ADVICE };
    const { client, desk, store, clock } = this.#around;
    const told = await (this.#ownLoss?.(options) ?? client.reconcileStart?.(this.#lost(), options));
    if (told?.outcome === 'started') {
      await desk.started(this.#record, told.operation.toJSON());
      memoryOf(store).lost.delete(this.#record.attempt);
      return { outcome: 'started', operation: desk.follow(this.#record, told.operation) };
    }
    const ageMs = clock.now() - this.startedAt.getTime();
    if (told?.outcome === 'not-started' && (this.#ownLoss || ageMs >= REQUEST_LIFE_MS)) return told;
    const silence = `The vendor tells of nothing started, ${Math.round(ageMs / 1000)} s after the intent; the request of another process may still be on its way.`;
    return told?.outcome === 'unknown' ? told : { outcome: 'unknown', evidence: [silence], advice: ADVICE };
  }

  /** The error that tells of the doubt; its `reconcile()` asks, and frees the key where nothing was started. */
  error(found: { readonly evidence?: readonly string[]; readonly cause?: unknown } = {}): StartOutcomeUnknownError<Op> {
    const { key, target } = this.#record;
    const evidence = (found.evidence ?? [evidenceOf(this.#record)]).join(' ');
    return new StartOutcomeUnknownError<Op>(
      `It is not known whether '${key}' was started on ${describeTarget(target)}. ${evidence} It is not started again.`,
      { reconcile: this.reconcile, advice: ADVICE, cause: found.cause },
    );
  }

  readonly reconcile: Reconcile<Op> = async (options) => {
    const told = await this.ask(options);
    if (told.outcome !== 'not-started') return told;
    const { client, desk, store } = this.#around;
    const standing = await desk.release(this.#record, 'reconciled');
    memoryOf(store).lost.delete(this.#record.attempt);
    // Another process has got the answer after all.
    const operation = standing && desk.resume(standing, client);
    return operation ? { outcome: 'started', operation } : told;
  };

  #lost(): LostStart {
    const { key, target, note, baseline, intendedAt, createdAt } = this.#record;
    return {
      key,
      target,
      startedAt: new Date(intendedAt ?? createdAt),
      ...(note === undefined ? {} : { note }),
      ...(baseline === undefined ? {} : { baseline }),
    };
  }
}

function evidenceOf({ state, reason, intendedAt, createdAt }: StartRecord): string {
  const at = intendedAt ?? createdAt;
  if (state === 'intended') {
    return `Its intent was recorded at ${at}, and nothing after it: its process died, or waits for the answer.`;
  }
  if (state === 'ended') return `Its start at ${at} was never answered, and a person has told that it is over.`;
  if (reason === 'accepted') return `Its start at ${at} was accepted, in an answer that cannot be followed.`;
  return `The answer to its start at ${at} was lost (${reason ?? 'no reason recorded'}).`;
}
