import { defineOperation, type Operation, SharedPolling, type StatusDraft } from 'restorekit/operation';
import {
  memoryStore,
  type RestoreStore,
  type StartOnceClient,
  type StartOnceOptions,
  startOnce,
} from 'restorekit/start-once';
import { virtualClock } from 'restorekit/testing';

const ORIGIN = 'https://acme.example.org';
export type AcmeOperation = Operation<{ readonly done: true }>;

export interface AcmeOptions {
  readonly store?: RestoreStore;
  readonly kind?: string;
  readonly clock?: ReturnType<typeof virtualClock>;
  readonly overwritesNothing?: boolean;
}

/** A vendor of nothing but starts and polls, that counts both. */
export function acme({
  store = memoryStore(),
  kind = 'acme/restore',
  clock = virtualClock(),
  overwritesNothing,
}: AcmeOptions = {}) {
  const shared = new SharedPolling();
  const vendor = {
    starts: [] as string[],
    polls: 0,
    /** Of all restores that have no status of their own. */
    status: { state: 'running' } as StatusDraft<{ done: true }>,
    statuses: new Map<string, StatusDraft<{ done: true }>>(),
    /** What a poll throws instead. */
    error: undefined as unknown,
  };
  const operation = (id: string, startedAt: Date): AcmeOperation =>
    defineOperation({
      kind,
      id,
      baseUrl: ORIGIN,
      startedAt,
      clock,
      shared,
      poll: () => {
        vendor.polls += 1;
        if (vendor.error !== undefined) throw vendor.error;
        return vendor.statuses.get(id) ?? vendor.status;
      },
    });
  const client: StartOnceClient<AcmeOperation> = {
    baseUrl: ORIGIN,
    kinds: [kind],
    overwritesNothing,
    resume: (handle) => operation(handle.id, new Date(handle.startedAt)),
  };
  const post = async (): Promise<AcmeOperation> => {
    const id = `job-${vendor.starts.length + 1}`;
    vendor.starts.push(id);
    return operation(id, new Date(clock.now()));
  };
  const options = { key: 'CHANGE-1', store, client, target: { instance: 'orders-db' }, start: post, clock };
  return {
    vendor,
    clock,
    store,
    client,
    post,
    operation,
    /** One restore, or all. */
    succeed: (id?: string) => {
      const status = { state: 'succeeded', result: { done: true } } as const;
      if (id === undefined) vendor.status = status;
      else vendor.statuses.set(id, status);
    },
    restore: (more: Partial<StartOnceOptions<AcmeOperation>> = {}) => startOnce<AcmeOperation>({ ...options, ...more }),
  };
}
