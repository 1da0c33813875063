import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import type { SessionSchema } from './schemas.ts';
import { toOptionalDate } from './times.ts';

/** A restore session as the server tells it. */
export interface RestoreSessionInfo {
  readonly id: string;
  /** Text for people, with a date in US format. Never parsed (VM-29). */
  readonly name?: string;
  readonly organization?: string;
  /** `vex`, `veod`, `vesp` or `vet`, in small letters in both versions. */
  readonly type?: string;
  /** `Working`, `Stopped`, or a word of another version; all but `Stopped` are alive. */
  readonly state: string;
  /** `Success`, `Warning` or `Failed`; only of a session that has stopped, since before it means nothing (VM-2). */
  readonly result?: string;
  readonly createdAt?: Date;
  /** Only of a session that has stopped: what a live one says is made up, differently by version (VM-3). */
  readonly endedAt?: Date;
  readonly initiatedBy?: string;
  readonly details?: string;
  readonly scopeName?: string;
  readonly clientHost?: string;
  readonly reason?: string;
}

export function toSessionInfo(wire: z.Output<typeof SessionSchema>): RestoreSessionInfo {
  const { id, name, organization, state, initiatedBy, details, scopeName, clientHost, reason } = wire;
  return {
    id,
    state,
    ...omitEmpty({ name, organization, type: wire.type?.toLowerCase(), createdAt: toOptionalDate(wire.creationTime) }),
    ...(hasStopped(state) ? omitEmpty({ result: wire.result, endedAt: toOptionalDate(wire.endTime) }) : {}),
    ...omitEmpty({ initiatedBy, details, scopeName, clientHost, reason }),
  };
}

export function hasStopped(state: string): boolean {
  return state.toLowerCase() === 'stopped';
}
