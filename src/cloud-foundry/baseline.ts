import type { System } from '../client/system.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { isSegment } from '../http/path-segment.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { JobFacts } from './facts.ts';
import { readLastOperation } from './read-instance.ts';
import type { LastOperation } from './service-instance.ts';

const text = z.optional(z.string());
const BaselineSchema = z.object({
  /** How far the server's clock was ahead of the clock of this process, in milliseconds. */
  serverAheadMs: z.optional(z.number()),
  /** The last operation before the start; absent if there was none. */
  lastOperation: z.optional(z.object({ type: text, state: text, createdAt: text, updatedAt: text })),
});

export type Baseline = z.Output<typeof BaselineSchema>;

/** Reads the state of the instance before a start: its last operation and the server's time. */
export async function takeBaseline(
  system: System,
  { serviceInstanceGuid: guid }: JobFacts,
  options: ReconcileOptions,
): Promise<Baseline | undefined> {
  if (!isSegment(guid)) return undefined;
  const last = await readLastOperation(system, guid, options.signal ? { signal: options.signal } : {});
  const { serverAheadMs } = system.transport;
  const lastOperation = last && system.transport.redactor.data(toSaved(last));
  return omitUndefined({ serverAheadMs, lastOperation });
}

/** Reads a baseline from a store. */
export function readBaseline(baseline: unknown): Baseline | undefined {
  return z.safeParse(BaselineSchema, baseline).data;
}

/** Whether an operation is the last operation before the start and has not changed since it ended. */
export function isOfBefore(last: LastOperation, { lastOperation: before }: Baseline): boolean {
  if (!before) return false;
  const now = toSaved(last);
  if (now.type !== before.type || now.createdAt !== before.createdAt) return false;
  const hadEnded = before.state === 'succeeded' || before.state === 'failed';
  return !hadEnded || (now.state === before.state && now.updatedAt === before.updatedAt);
}

/** Only short words are kept, because the baseline is stored and must not contain long texts. */
const WORD = /^[a-z][a-z _-]{0,29}$/i;

function toSaved({ type, state, createdAt, updatedAt }: LastOperation): NonNullable<Baseline['lastOperation']> {
  return omitUndefined({
    type: wordOrNothing(type),
    state: wordOrNothing(state),
    createdAt: createdAt?.toISOString(),
    updatedAt: updatedAt?.toISOString(),
  });
}

function wordOrNothing(text: string | undefined): string | undefined {
  return text !== undefined && WORD.test(text) ? text : undefined;
}
