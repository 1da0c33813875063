import type { ScenarioBase } from '../emulator.ts';
import type { CommonFaults, Window } from '../faults.ts';

export interface CloudFoundryError {
  readonly code: number;
  readonly title: string;
  readonly detail: string;
}

export type CloudFoundryGrant = 'password' | 'client_credentials' | 'refresh_token';

/** How the job of a restore polls. */
export interface CloudFoundryJobShape {
  /** 'korifi': `managed_service_instance.restore~<guid>`. @default 'uuid' */
  readonly guid?: 'uuid' | 'korifi';
  /** Only `guid` and `state`, and `errors` where there are any. */
  readonly isSparse?: boolean;
  /** Of the job of a restore; not documented. @default 'service_instance.restore' */
  readonly operation?: string;
  /** How long it is PROCESSING before it is POLLING. @default a twentieth of the restore */
  readonly processingMs?: number;
  /** The job of a restore says PROCESSING for good, though the work ends and `last_operation` tells of it. */
  readonly staysProcessing?: boolean;
  /** Errors of an earlier attempt, shown while it runs. */
  readonly runningErrors?: readonly CloudFoundryError[];
  /** States beyond the documented ones; left out where there is no `state`. */
  readonly strayStates?: readonly (Window & { readonly state?: string })[];
  /** `Retry-After` on answers that say running; none is documented. */
  readonly retryAfter?: string;
}

/** How tokens live. */
export interface CloudFoundryTokens {
  /** @default 1_200_000 */
  readonly lifeMs?: number;
  /** An access token is refused after that many polls of jobs, whatever `expires_in` says. */
  readonly lifePolls?: number;
  /** Access tokens after the first one are refused until so long after they were issued. @default 0 */
  readonly acceptedAfterMs?: number;
  /** @default 2_592_000_000 */
  readonly refreshLifeMs?: number;
  /** The operator's choice; 'rotating' tokens are good for one use. @default 'rotating' */
  readonly refresh?: 'rotating' | 'lasting';
  /** The answer to a token that is not good: 401 1000, or the 429 10014 of an old Cloud Controller. @default 'unauthorized' */
  readonly refusal?: 'unauthorized' | 'rate-limited';
  /** The operator's choice: the UAA takes a Basic header as it is, instead of URL-decoding it. @default false */
  readonly compatibilityMode?: boolean;
}

/** An answer in the place of the documented one. Without bounds it holds always, else it counts from the start. */
export interface CloudFoundryAnswerFault extends Window {
  /** @default 'poll' */
  readonly at?: 'poll' | 'start' | 'other' | 'all';
  /** Only each n-th of the calls that it could meet. @default 1 */
  readonly every?: number;
  readonly kind:
    | 'invalid-token'
    | 'forbidden'
    /** 502 for the API with a body that is no one's documented content type, and 503 for the token endpoint. */
    | 'uaa-down'
    | 'bad-gateway-page'
    /** 502 with one error outside of `errors`. */
    | 'bad-gateway-bare'
    | 'unknown-error'
    | 'database-down'
    | 'router-404';
}

/** The answer to one call comes to another one: under our URL stands the body of something else. */
export interface CloudFoundryMisrouting extends Window {
  readonly what: 'job' | 'instance';
  /** Only each n-th of the calls that it could meet. @default 1 */
  readonly every?: number;
  /** What stands in the place of the job's own fields. For an instance it is another instance of the foundation. */
  readonly job?: { readonly guid: string; readonly state: string; readonly operation?: string };
}

/** The rate limiter refuses from `fromMs` to `toMs` of the restore, and tells the end of it. */
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
  /** The job is not there (404) for its first polls. */
  readonly jobHiddenForPolls?: number;
  /** The job is not there any more (404) that long after its start. */
  readonly jobGoneAfterMs?: number;
  /** The token endpoint answers 401 to these grants, as a busy one does too. */
  readonly refuseGrants?: Window & {
    readonly grants: readonly CloudFoundryGrant[];
    /** The text says that the account is locked. */
    readonly isLocked?: boolean;
  };
  readonly misrouting?: readonly CloudFoundryMisrouting[];
  /** Another actor's backup is made together with each of yours. */
  readonly concurrentBackup?: boolean;
}

/** What happens on an emulated foundation. Without anything: a restore of a minute that succeeds. */
export interface CloudFoundryScenario extends ScenarioBase {
  /** @default 'complete' */
  readonly ending?: 'complete' | 'failed' | 'never';
  /** Errors of a failed job. @default one, with the broker's text */
  readonly errors?: readonly CloudFoundryError[] | 'absent';
  /** Errors of a failed job that are not of the documented form; they stand before the others. */
  readonly malformedErrors?: readonly unknown[];
  /** Warnings of the job. */
  readonly warnings?: readonly string[];
  /** Warnings that the job has only once it has ended. */
  readonly warningsAtTheEnd?: readonly string[];
  readonly job?: CloudFoundryJobShape;
  /** `Location` of an accepted start. @default 'absolute' */
  readonly location?: 'absolute' | 'relative' | 'with-query' | 'other-path' | 'absent';
  /** A body where 202 has none. */
  readonly acceptedBody?: string;
  /** Scheme, host and prefix of `Location` and of all links. @default the origin of the request */
  readonly externalOrigin?: string;
  /** Raw values of `X-Cf-Warnings` on starts and polls of jobs, or on those alone. */
  readonly headerWarnings?: readonly (string | { readonly on: 'start' | 'poll'; readonly value: string })[];
  /** How far the server's clock is ahead of the emulator's; behind it where negative. @default 0 */
  readonly clockSkewMs?: number;
  /**
   * How a restore shows in `last_operation`, which is not documented: as an update that follows it, not at all, as
   * `initial` in its first half, as an update without description, as `{}`, or overwritten by somebody else's update
   * in its second half. @default 'follows'
   */
  readonly lastOperation?: 'follows' | 'unchanged' | 'initial' | 'null-description' | 'empty' | 'foreign';
  /** The broker works on after a FAILED job, and the instance stays `in progress`: for good, or until it succeeds. */
  readonly staysInProgress?: boolean | { readonly forMs: number };
  /** Answer to an operation while another one runs. @default 'conflict' */
  readonly busyAnswer?: 'conflict' | 'unprocessable';
  /** 422 for a `target_timestamp` with fractions of a second; not documented. @default true */
  readonly strictTimestamps?: boolean;
  /** @default 'seconds' */
  readonly backupTimes?: 'seconds' | 'milliseconds';
  /** How long a backup takes. @default 30_000 */
  readonly backupDurationMs?: number;
  /** 'open-source' does not know the three calls for backups. @default 'tanzu' */
  readonly flavour?: 'tanzu' | 'open-source';
  readonly tokens?: CloudFoundryTokens;
  /** The UAA lives there only; over `fetch`, not over `listen()`. @default the origin of the request */
  readonly uaaOrigin?: string;
  /** Links of the root whose address is null; `credhub` is null as a whole. */
  readonly nullLinks?: readonly ('login' | 'uaa')[];
  readonly faults?: CommonFaults & CloudFoundryFaults;
}
