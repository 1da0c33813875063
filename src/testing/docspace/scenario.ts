import type { ScenarioBase } from '../emulator.ts';
import type { CommonFaults, Window } from '../faults.ts';
import type { Role } from '../route.ts';
import type { DocSpaceBackup, SourceState } from './archives.ts';
import type { ErrorShape } from './error-shapes.ts';

/** How a restore ends. */
export interface DocSpaceEnd {
  /** 'never' if the worker dies and leaves the job unchanged. @default 'succeeded' */
  readonly truth?: 'succeeded' | 'failed' | 'canceled' | 'never';
  /** The percentage at which it ends. `progress` keeps it. @default 100 if it succeeds, otherwise 62 */
  readonly atPercent?: number;
  /** The `error` that is written with the end. @default 'The backup file is invalid.' if it fails, else none */
  readonly error?: string;
  /** The `status` that is written with the end. @default 3 if it is canceled, else 2 (DS-3) */
  readonly status?: number;
  readonly warning?: string;
  /** Files of the archive that could not be written. The server logs and skips them, and no answer shows it. */
  readonly skippedFiles?: readonly string[];
  /** How long `atPercent` is shown with `isCompleted: false` before the end is written. @default 0 */
  readonly lingerMs?: number;
}

/** A restore of the same portal that somebody else has started. It is not in `emulator.restores`. */
export interface OtherRestore {
  /** @default 60000 */
  readonly durationMs?: number;
  readonly end?: DocSpaceEnd;
}

/** Replaces the answers to calls of one role during a part of the restore. A start in this time is not performed. */
export interface AnswerFault extends Window {
  /** @default 'poll' */
  readonly on?: Role;
  readonly shape: ErrorShape;
  /** For 'too-many-requests': only the limiter per day sends it. */
  readonly retryAfterSeconds?: number;
}

export interface DocSpaceFaults {
  readonly answers?: AnswerFault | readonly AnswerFault[];
  /** The start is performed, but its 200 has no `response`. */
  readonly startWithoutResponse?: boolean;
  /** The deletion of a backup is a 500: its record is gone, and its archive stays. */
  readonly archiveStays?: boolean;
  /** `error` has this text although `isCompleted` is false; a second start then is a 500. */
  readonly errorWhileRunning?: string;
  /** The first poll that finds the job completed still reads an older `status` (1 for true), and `progress`. */
  readonly lateStatus?: boolean | { readonly status: 0 | 1; readonly progress?: number };
  /** From this time after the first start on, all tokens and keys that were issued before are refused. */
  readonly expireTokens?: { readonly atMs: number };
}

export type DocSpaceServer = '3.0' | '3.6' | '3.7' | '3.8';

export interface DocSpaceScenario extends ScenarioBase {
  /**
   * Before 3.6 there is neither `warning` nor `dump`, before 3.7 no `status` (DS-27). Before 3.7 the portal is locked
   * before the download, and an unknown key is ignored. From 3.8 on a stale cookie is not deleted (DS-30).
   *
   * @default '3.7'
   */
  readonly server?: DocSpaceServer;
  /** Only 'standalone' has dumps; only 'saas' limits new API keys and knows foreign archives. @default 'saas' */
  readonly edition?: 'saas' | 'standalone';
  readonly end?: DocSpaceEnd;
  /** The state of the source, for any request. @default that of the backup or file */
  readonly source?: SourceState;
  readonly backups?: readonly DocSpaceBackup[];
  /** Archives outside the history, by file id or path; ids are those before the first restore (DS-14). */
  readonly files?: Readonly<Record<string, SourceState>>;
  /** How "no error" is written. @default 'empty' */
  readonly noErrorAs?: 'empty' | 'null' | 'absent' | 'whitespace';
  /** How long the progress call does not know a new job. @default 0 */
  readonly visibleAfterMs?: number;
  /** How long the record lives from its last write. @default 24 h */
  readonly recordLifeMs?: number;
  /** The record is gone as soon as the job has ended. @default false */
  readonly recordEndsWithJob?: boolean;
  /** While the tenants are replaced, the alias does not exist (404), or the record is not shown. @default none */
  readonly swapGap?: { readonly kind: 'not-found' | 'no-response'; readonly ms: number };
  /** @default 10, with the archive downloaded; 0 before 3.7 */
  readonly locksAtPercent?: number;
  /** Not documented; the new tenant may answer from the swap on. @default 'end' */
  readonly unlocksAt?: 'swap' | 'end';
  /** A restore that began `agoMs` before the emulator was made. Its record is shown by the progress call (DS-7). */
  readonly earlierRestore?: OtherRestore & { readonly agoMs: number };
  /** A restore of the whole server that another of its portals has started; only 'standalone' has it. */
  readonly serverRestore?: OtherRestore & { readonly agoMs: number };
  /** A restore that begins `afterMs` after the end of ours and takes its place. */
  readonly laterRestore?: OtherRestore & { readonly afterMs: number };
  /** How a backup goes that is started through the API. */
  readonly backup?: {
    /** @default 10000 */
    readonly durationMs?: number;
    /** 'canceled' only follows a call. @default it succeeds */
    readonly end?: Pick<DocSpaceEnd, 'truth' | 'atPercent' | 'error' | 'status' | 'warning'>;
    /** The archive is not there when it is complete, so that the history does not list it. @default false */
    readonly archiveMissing?: boolean;
    /** What the progress call shows of a canceled backup after a few seconds. @default 'end' */
    readonly cancelShows?: 'end' | 'nothing';
  };
  /** A backup that somebody else has begun `agoMs` before the emulator was made. */
  readonly otherBackup?: { readonly agoMs: number };
  /** Uploads of archives: the size of chunks, by default 10 MB, and the room of the portal. */
  readonly upload?: { readonly chunkBytes?: number; readonly quotaBytes?: number };
  /** Backups that stay although the answer to their deletion is true (DS-31). */
  readonly undeletable?: readonly string[];
  /** Paid backups are enabled, and so many were made. @default not enabled */
  readonly paidBackups?: number;
  /** A schedule is accepted and not kept. @default false */
  readonly ignoresSchedule?: boolean;
  /** The server deletes the schedule after this time, because the plan allows no further backup (DS-32). */
  readonly scheduleLostAfterMs?: number;
  /** @default 'anonymous'; the vendor plans to change it (DS-2) */
  readonly progressAccess?: 'anonymous' | 'authenticated';
  /**
   * Keys, tokens and the password stay valid after the restore, as they may after the restore of a dump. @default false
   */
  readonly credentialsSurvive?: boolean;
  /** Whose credentials these are. @default 'owner' */
  readonly role?: 'owner' | 'docspace-admin' | 'room-admin' | 'user' | 'guest';
  /** Scopes of the default API key. @default ['*'] */
  readonly keyPermissions?: readonly string[];
  /** The server's settings hide the restore: 402 before 3.7, 403 since. @default false */
  readonly hidesRestore?: boolean;
  /** @default 'paid' */
  readonly plan?: 'paid' | 'without-restore' | 'unpaid';
  /** Tokens of `POST /authentication`. @default a year, any number of uses */
  readonly tokens?: { readonly lifeMs?: number; readonly uses?: number };
  /** What a login with a password needs besides. @default nothing */
  readonly secondFactor?: 'app' | 'sms' | 'app-not-set-up' | 'sms-without-phone';
  readonly oauth?: {
    /** @default an hour */
    readonly accessLifeMs?: number;
    /** @default 30 days */
    readonly refreshLifeMs?: number;
    /** Whether a refresh token works once, which is not documented. @default true */
    readonly rotates?: boolean;
  };
  /** The body of an answer of a filter, which is not documented. @default 'problem' */
  readonly shortCircuitBody?: 'problem' | 'empty';
  readonly faults?: CommonFaults & DocSpaceFaults;
}
