import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import type { EventSchema } from './schemas.ts';
import { toDurationMs, toOptionalDate } from './times.ts';

/** Something that happened in a session. */
export interface SessionEvent {
  readonly id: string;
  /** `None`, `Restore`, `Save`, `Export`, `ApiRequest` or `View`. */
  readonly type?: string;
  /** `Running`, `Success`, `Warning`, `Failed`, `Cancelled` or `Skipped`. */
  readonly status: string;
  readonly title?: string;
  readonly message?: string;
  /** Place in the sequence; 0 is the start of the session. */
  readonly order?: number;
  readonly startTime?: Date;
  readonly endTime?: Date;
  readonly durationMs?: number;
  readonly itemName?: string;
  readonly itemType?: string;
  readonly itemSizeBytes?: number;
  readonly source?: string;
  readonly target?: string;
}

export function toSessionEvent(wire: z.Output<typeof EventSchema>): SessionEvent {
  const { id, type, status, title, message, order, itemName, itemType, itemSizeBytes, source, target } = wire;
  return {
    id,
    status,
    ...omitEmpty({ type, title, message, order, itemName, itemType, itemSizeBytes, source, target }),
    ...omitEmpty({
      startTime: toOptionalDate(wire.startTime),
      endTime: toOptionalDate(wire.endTime),
      durationMs: toDurationMs(wire.duration),
    }),
  };
}

const ENDS = ['success', 'warning', 'failed', 'cancelled', 'canceled', 'skipped'];

/** Whether what an event tells of is over. A word that is not known decides by the end time. */
export function hasEnded({ status, endTime }: SessionEvent): boolean {
  const word = status.toLowerCase();
  return ENDS.includes(word) || (word !== 'running' && endTime !== undefined);
}

/** Whether an event tells of data that was brought back, or was to be. */
export function isRestore({ type }: SessionEvent): boolean {
  return type?.toLowerCase() === 'restore';
}
