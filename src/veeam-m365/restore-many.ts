import { resumeOperation } from '../client/make-operation.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { isMarkedNotStarted } from '../errors/not-started.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { optionalWhole, requireText } from '../errors/require.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { withDeadline } from '../http/deadline.ts';
import type { Operation, OperationHandle } from '../operation/operation.ts';
import { waitForCompletion } from '../operation/wait-for-completion.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { restoreKind } from './mailbox-restore-kind.ts';
import type { RestoreCounts, SessionRestoreResult } from './restore-result.ts';
import type { SessionOf } from './session-requests.ts';
import { WORKLOADS } from './workload.ts';

/** What is needed of a store. The stores of `restorekit/start-once` and `restorekit/node` have it. */
export interface RestoreManyStore {
  get(name: string): Promise<{ readonly value: string; readonly version: string } | undefined>;
  createIfAbsent(name: string, value: string): Promise<string | undefined>;
  compareAndSet(name: string, value: string, version: string): Promise<string | undefined>;
}

export interface RestoreManyOptions<Item> {
  /** Identifies this restore of many for ever, such as a change number. A rerun with it goes on where the last one ended. */
  readonly key: string;
  /** What is done is written here, before and after each restore. */
  readonly store: RestoreManyStore;
  readonly items: readonly Item[];
  /** The id of an item, the same in every run. @default its `id`, or the item if it is a text */
  readonly idOf?: ((item: Item) => string) | undefined;
  /** Starts the restore of one item in this session, and does nothing else. */
  readonly restore: (item: Item) => Promise<Operation<SessionRestoreResult>>;
  /**
   * How many restores run at a time. Whether several may run in one session is not documented. @default 1
   */
  readonly concurrency?: number | undefined;
  /** Called after each item that has ended, or was found to be done. If it throws, the error is ignored. */
  readonly onItem?: ((item: RestoredOne) => unknown) | undefined;
  /** Starts no further restore when it aborts, and ends the waits. Restores that run go on at the vendor. */
  readonly signal?: AbortSignal | undefined;
  /** How long one restore may take, in milliseconds. @default that of its kind */
  readonly timeoutMs?: number | undefined;
}

/** How one item of many ended. */
export interface RestoredOne extends RestoreCounts {
  readonly id: string;
  /**
   * 'unknown': a request may have been sent, and how it ended is not known. It is not sent again: look at the target.
   * 'not-started': nothing was sent, or it was refused; a rerun tries it again.
   */
  readonly state: 'succeeded' | 'partial' | 'failed' | 'unknown' | 'not-started';
  /** True if an earlier run had ended it. */
  readonly wasDone: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** What `restoreMany` did. The counters are sums over the items that have them. */
export interface RestoredMany extends RestoreCounts {
  /** 'succeeded': all items. 'failed': none of them. 'partial': anything else. */
  readonly state: 'succeeded' | 'partial' | 'failed';
  readonly items: readonly RestoredOne[];
  /** Errors of the items, with their ids. */
  readonly errors: readonly string[];
  /** The store failed after a restore was started; its end may not be recorded. */
  readonly storeErrors: readonly StoreError[];
}

type End = Omit<RestoredOne, 'id' | 'wasDone'>;

/** What is written about one item. */
type Entry =
  /** The request is about to be sent, or was. */
  | { readonly v: 1; readonly is: 'intent' }
  | { readonly v: 1; readonly is: 'started'; readonly handle: OperationHandle }
  /** It was certainly not sent, or refused. */
  | { readonly v: 1; readonly is: 'free' }
  | { readonly v: 1; readonly is: 'ended'; readonly end: End };

const STORE_TIMEOUT_MS = 10_000;
/** A record holds no more than so many texts. */
const MOST_TEXTS = 20;

/**
 * Restores many items, one after the other, each at most once per key, also over crashes and reruns. See
 * `RestoreSession.restoreMany`.
 */
export async function restoreMany<Item>(session: SessionOf, options: RestoreManyOptions<Item>): Promise<RestoredMany> {
  const work = new ManyRestores(session, options);
  return work.run();
}

class ManyRestores<Item> {
  readonly #session: SessionOf;
  readonly #options: RestoreManyOptions<Item>;
  readonly #ids: readonly string[];
  readonly #storeErrors: StoreError[] = [];

  constructor(session: SessionOf, options: RestoreManyOptions<Item>) {
    const { key, items, store, restore, concurrency, idOf = usualId } = options ?? {};
    requireText('key', key);
    optionalWhole('concurrency', concurrency, 1, 64);
    if (!Array.isArray(items)) throw new ConfigurationError('items', 'must be a list.');
    if (typeof restore !== 'function') throw new ConfigurationError('restore', 'must be a function.');
    for (const name of ['get', 'createIfAbsent', 'compareAndSet'] as const) {
      if (typeof store?.[name] !== 'function') throw new ConfigurationError('store', `must have the method ${name}.`);
    }
    this.#ids = items.map((item, index) => requireText(`items[${index}].id`, idOf(item)));
    const twice = this.#ids.find((id, index) => this.#ids.indexOf(id) !== index);
    if (twice !== undefined) throw new ConfigurationError('items', `name ${twice} twice.`);
    this.#session = session;
    this.#options = options;
  }

  async run(): Promise<RestoredMany> {
    const { items, concurrency = 1, signal, onItem } = this.#options;
    const ended: RestoredOne[] = [];
    let next = 0;
    const worker = async () => {
      while (next < items.length) {
        signal?.throwIfAborted();
        const index = next;
        next += 1;
        const one = await this.#one(items[index] as Item, this.#ids[index] ?? '');
        ended[index] = one;
        try {
          onItem?.(one);
        } catch {
          // A progress display must not end a restore.
        }
      }
    };
    const workers = Array.from({ length: Math.min(concurrency, items.length) }, worker);
    // Every worker ends its own restore before an error of another one is thrown.
    const failed = (await Promise.allSettled(workers)).find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return summary(ended, this.#storeErrors);
  }

  async #one(item: Item, id: string): Promise<RestoredOne> {
    const name = `restore-many/${encodeURIComponent(this.#options.key)}/${encodeURIComponent(id)}`;
    const claimed = await this.#claim(name);
    if ('entry' in claimed) return { id, ...(await this.#goOn(name, claimed)) };
    let operation: Operation<SessionRestoreResult>;
    try {
      operation = await this.#options.restore(item);
    } catch (error) {
      const isUnsent = isMarkedNotStarted(error) || (RestoreKitError.isInstance(error) && error.started === 'no');
      if (!isUnsent) return { id, wasDone: false, ...unknownEnd(error) };
      await this.#write(name, { v: 1, is: 'free' }, claimed.version);
      const state = 'not-started';
      return { id, wasDone: false, state, errors: [textOf(error)], warnings: [] };
    }
    const version = await this.#write(name, { v: 1, is: 'started', handle: operation.toJSON() }, claimed.version);
    return { id, wasDone: false, ...(await this.#wait(name, operation, version)) };
  }

  /** Claims an item, or answers what an earlier run has written about it. */
  async #claim(
    name: string,
  ): Promise<{ readonly version: string } | { readonly entry: Entry; readonly version: string }> {
    const intent = JSON.stringify({ v: 1, is: 'intent' } satisfies Entry);
    const { store } = this.#options;
    const created = await this.#stored(() => store.createIfAbsent(name, intent));
    if (created !== undefined) return { version: created };
    const found = await this.#stored(() => store.get(name));
    const entry = found && entryOf(found.value);
    if (!found || !entry) throw new StoreError(`The record ${name} cannot be read.`, { reason: 'damaged' });
    if (entry.is !== 'free') return { entry, version: found.version };
    const taken = await this.#stored(() => store.compareAndSet(name, intent, found.version));
    if (taken !== undefined) return { version: taken };
    throw new StoreError(`Another process has taken ${name}.`, { reason: 'overtaken' });
  }

  /** Goes on with what an earlier run has begun. */
  async #goOn(
    name: string,
    { entry, version }: { readonly entry: Entry; readonly version: string },
  ): Promise<Omit<RestoredOne, 'id'>> {
    if (entry.is === 'ended') return { wasDone: true, ...entry.end };
    if (entry.is !== 'started') {
      const message =
        'An earlier run was about to send it, and has not recorded what came of it. It is not sent again.';
      return { wasDone: false, state: 'unknown', errors: [message], warnings: [] };
    }
    const { system } = this.#session;
    const kinds = WORKLOADS.map((workload) => restoreKind(system.dialect, workload));
    const operation: Operation<SessionRestoreResult> = resumeOperation(system, kinds, entry.handle);
    return { wasDone: false, ...(await this.#wait(name, operation, version)) };
  }

  async #wait(name: string, operation: Operation<SessionRestoreResult>, version: string | undefined): Promise<End> {
    const { signal, timeoutMs } = this.#options;
    let end: End;
    try {
      const { clock } = this.#session.system;
      const done = await waitForCompletion(operation, {
        clock,
        accept: 'partial',
        ...omitUndefined({ signal, timeoutMs }),
      });
      end = endOf(done.state === 'partial' ? 'partial' : 'succeeded', done.result, done.warnings);
    } catch (error) {
      signal?.throwIfAborted();
      if (PartialRestoreError.isInstance(error)) end = endOf('partial', undefined, []);
      else if (OperationFailedError.isInstance(error)) {
        const result = error.failure.details as SessionRestoreResult | undefined;
        end = { ...endOf('failed', result, []), errors: [error.message] };
      } else return unknownEnd(error);
    }
    if (version !== undefined) await this.#write(name, { v: 1, is: 'ended', end }, version);
    return end;
  }

  /** Writes what is known after a start. A store that fails holds back no result. */
  async #write(name: string, entry: Entry, version: string): Promise<string | undefined> {
    try {
      const written = await this.#stored(() => this.#options.store.compareAndSet(name, JSON.stringify(entry), version));
      if (written === undefined) throw new StoreError(`Another process has changed ${name}.`, { reason: 'overtaken' });
      return written;
    } catch (error) {
      this.#storeErrors.push(
        StoreError.isInstance(error) ? error : new StoreError('The store failed.', { reason: 'failed', cause: error }),
      );
      return undefined;
    }
  }

  async #stored<T>(call: () => Promise<T>): Promise<T> {
    const { clock } = this.#session.system;
    try {
      return await withDeadline(call, { clock, what: 'The store', timeoutMs: STORE_TIMEOUT_MS, signal: undefined });
    } catch (error) {
      if (StoreError.isInstance(error)) throw error;
      throw new StoreError(`The store failed: ${textOf(error)}`, { reason: 'failed', cause: error });
    }
  }
}

function usualId(item: unknown): string {
  if (typeof item === 'string') return item;
  return typeof item === 'object' && item !== null ? String(Reflect.get(item, 'id') ?? '') : '';
}

function entryOf(text: string): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(text);
    return typeof entry === 'object' && entry !== null && Reflect.get(entry, 'v') === 1 ? (entry as Entry) : undefined;
  } catch {
    return undefined;
  }
}

function endOf(
  state: 'succeeded' | 'partial' | 'failed',
  result: SessionRestoreResult | undefined,
  warnings: readonly { readonly message: string }[],
): End {
  const { total, restored, created, merged, skipped, failed, errors = [] } = result ?? {};
  return {
    state,
    ...omitUndefined({ total, restored, created, merged, skipped, failed }),
    errors: errors.slice(0, MOST_TEXTS),
    warnings: warnings.slice(0, MOST_TEXTS).map(({ message }) => message),
  };
}

function unknownEnd(error: unknown): End {
  return { state: 'unknown', errors: [textOf(error)], warnings: [] };
}

function summary(items: readonly RestoredOne[], storeErrors: readonly StoreError[]): RestoredMany {
  const all = (state: RestoredOne['state']) => items.every((item) => item.state === state);
  const isBad = items.length > 0 && items.every(({ state }) => state === 'failed' || state === 'not-started');
  const sum = (name: keyof RestoreCounts) =>
    items.some((item) => item[name] !== undefined)
      ? items.reduce((total, item) => total + (item[name] ?? 0), 0)
      : undefined;
  return {
    state: all('succeeded') ? 'succeeded' : isBad ? 'failed' : 'partial',
    ...omitUndefined({
      total: sum('total'),
      restored: sum('restored'),
      created: sum('created'),
      merged: sum('merged'),
      skipped: sum('skipped'),
      failed: sum('failed'),
    }),
    items,
    errors: items.flatMap(({ id, errors }) => errors.map((message) => `${id}: ${message}`)),
    storeErrors,
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
