import type { ScenarioBase } from '../emulator.ts';
import type { CommonFaults, Window } from '../faults.ts';

export interface CloudFoundryError {
  readonly code: number;
  readonly title: string;
  readonly detail: string;
}

export type CloudFoundryGrant =
  | 'password'
  | 'client_credentials'
  | 'refresh_token'
  | 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** The form and behaviour of the job of a restore. */
export interface CloudFoundryJobShape {
  /** 'korifi': `managed_service_instance.restore~<guid>`. @default 'uuid' */
  readonly guid?: 'uuid' | 'korifi';
  /** Sends only `guid`, `state` and, if there are any, `errors`. */
  readonly isSparse?: boolean;
  /** Of the job of a restore; not documented. @default 'service_instance.restore' */
  readonly operation?: string;
  /** How long it is PROCESSING before it is POLLING. @default a twentieth of the restore */
  readonly processingMs?: number;
  /** The job of a restore stays PROCESSING for ever, although the work ends and `last_operation` shows it. */
  readonly staysProcessing?: boolean;
  /** Errors of an earlier attempt, shown while it runs. */
  readonly runningErrors?: readonly CloudFoundryError[];
  /** States that are not documented. Without `state`, the answer has no state. */
  readonly strayStates?: readonly (Window & { readonly state?: string })[];
  /** `Retry-After` on answers about a running job; none is documented. */
  readonly retryAfter?: string;
}

/** The life of tokens. */
export interface CloudFoundryTokens {
  /** @default 1_200_000 */
  readonly lifeMs?: number;
  /** An access token is refused after this many polls of jobs, independent of `expires_in`. */
  readonly lifePolls?: number;
  /** How long access tokens after the first one are refused after their issue, in milliseconds. @default 0 */
  readonly acceptedAfterMs?: number;
  /** @default 2_592_000_000 */
  readonly refreshLifeMs?: number;
  /** How long a JWT is accepted after its first use, in milliseconds. @default for ever */
  readonly assertionLifeMs?: number;
  /** The operator's choice; 'rotating' tokens are good for one use. @default 'rotating' */
  readonly refresh?: 'rotating' | 'lasting';
  /** The answer to a token that is not good: 401 1000, or the 429 10014 of an old Cloud Controller. @default 'unauthorized' */
  readonly refusal?: 'unauthorized' | 'rate-limited';
  /** The operator's choice: the UAA takes a Basic header as it is, instead of URL-decoding it. @default false */
  readonly compatibilityMode?: boolean;
}

/** Replaces the documented answer. Without bounds it always applies; bounds count from the start. */
export interface CloudFoundryAnswerFault extends Window {
  /** @default 'poll' */
  readonly at?: 'poll' | 'start' | 'other' | 'all';
  /** Only each n-th of these calls. @default 1 */
  readonly every?: number;
  readonly kind:
    | 'invalid-token'
    | 'forbidden'
    /** 502 for the API without a documented content type, and 503 for the token endpoint. */
    | 'uaa-down'
    | 'bad-gateway-page'
    /** 502 with one error outside of `errors`. */
    | 'bad-gateway-bare'
    | 'unknown-error'
    | 'database-down'
    | 'router-404';
}

/** A call gets the answer to another call. */
export interface CloudFoundryMisrouting extends Window {
  readonly what: 'job' | 'instance';
  /** Only each n-th of the calls that it could meet. @default 1 */
  readonly every?: number;
  /**
   * The fields that replace those of the job. The answer about an instance is about another instance of the foundation.
   */
  readonly job?: { readonly guid: string; readonly state: string; readonly operation?: string };
}

/** The rate limiter refuses from `fromMs` to `toMs` of the restore and says when that ends. */
export interface CloudFoundryRateLimit {
  readonly fromMs: number;
  readonly toMs: number;
  /** @default 'retry-after-seconds' */
  readonly tell?: 'retry-after-seconds' | 'retry-after-date' | 'reset' | 'nothing';
  /** @default 'user' */
  readonly limiter?: 'user' | 'address' | 'broker';
}

export interface CloudFoundryFaults {
  readonly answers?: readonly CloudFoundryAnswerFault[];
  readonly rateLimit?: CloudFoundryRateLimit;
  /** The first polls of the job are answered 404. */
  readonly jobHiddenForPolls?: number;
  /** The job is answered 404 this long after its start. */
  readonly jobGoneAfterMs?: number;
  /** The token endpoint answers 401 to these grants, as a busy one does too. */
  readonly refuseGrants?: Window & {
    readonly grants: readonly CloudFoundryGrant[];
    /** The text says that the account is locked. */
    readonly isLocked?: boolean;
  };
  /** The token endpoint answers 429 to all requests. */
  readonly limitTokens?: Window & {
    /** Without it, no `Retry-After` is sent. */
    readonly retryAfterSeconds?: number;
  };
  readonly misrouting?: readonly CloudFoundryMisrouting[];
  /** Another actor's backup is made together with each of yours. */
  readonly concurrentBackup?: boolean;
  /** A backup of a week ago, which the list has not shown before, appears in it together with each of yours. */
  readonly oldBackupAppears?: boolean;
}

/** What happens on an emulated foundation. By default, a restore takes a minute and succeeds. */
export interface CloudFoundryScenario extends ScenarioBase {
  /** @default 'complete' */
  readonly ending?: 'complete' | 'failed' | 'never';
  /** Errors of a failed job. @default one, with the broker's text */
  readonly errors?: readonly CloudFoundryError[] | 'absent';
  /** Errors of a failed job without the documented form. They come before the others. */
  readonly malformedErrors?: readonly unknown[];
  /** Warnings of the job. */
  readonly warnings?: readonly string[];
  /** Warnings that the job has only once it has ended. */
  readonly warningsAtTheEnd?: readonly string[];
  readonly job?: CloudFoundryJobShape;
  /** `Location` of an accepted start. @default 'absolute' */
  readonly location?: 'absolute' | 'relative' | 'with-query' | 'other-path' | 'absent';
  /** A body for the 202, which normally has none. */
  readonly acceptedBody?: string;
  /** Scheme, host and prefix of `Location` and of all links. @default the origin of the request */
  readonly externalOrigin?: string;
  /** Raw values of `X-Cf-Warnings` on starts and polls of jobs, or on those alone. */
  readonly headerWarnings?: readonly (string | { readonly on: 'start' | 'poll'; readonly value: string })[];
  /** How far the server's clock is ahead of the emulator's, in milliseconds; negative if it is behind. @default 0 */
  readonly clockSkewMs?: number;
  /**
   * How a restore shows in `last_operation`, which is not documented: as an update that follows it, not at all, as
   * `initial` in its first half, as an update without description, as `{}`, or overwritten by somebody else's update
   * in its second half. @default 'follows'
   */
  readonly lastOperation?: 'follows' | 'unchanged' | 'initial' | 'null-description' | 'empty' | 'foreign';
  /** The broker goes on after a FAILED job, and the instance stays `in progress`, for ever or until it succeeds. */
  readonly staysInProgress?: boolean | { readonly forMs: number };
  /** Answer to an operation while another one runs. @default 'conflict' */
  readonly busyAnswer?: 'conflict' | 'unprocessable' | 'broker';
  /** 422 for a `target_timestamp` with fractions of a second; not documented. @default true */
  readonly strictTimestamps?: boolean;
  /** @default 'seconds' */
  readonly backupTimes?: 'seconds' | 'milliseconds';
  /** How long a backup takes. @default 30_000 */
  readonly backupDurationMs?: number;
  /** 'open-source' does not know the three calls for backups. @default 'tanzu' */
  readonly flavour?: 'tanzu' | 'open-source';
  readonly tokens?: CloudFoundryTokens;
  /** The only origin of the UAA; for `fetch`, not for `listen()`. @default the origin of the request */
  readonly uaaOrigin?: string;
  /** Links of the root whose address is null. `credhub` is always null. */
  readonly nullLinks?: readonly ('login' | 'uaa')[];
  readonly faults?: CommonFaults & CloudFoundryFaults;
}
