import type { ScenarioBase } from '../emulator.ts';
import type { CommonFaults, Window } from '../faults.ts';
import type { OracleEpmBackup } from './backups.ts';

/** The answer of the server when a restore has ended. */
export interface OracleEpmEnding {
  /** 0 succeeded, any positive number failed; no list of numbers is published. */
  readonly status: number;
  /** @default a sentence that fits the status */
  readonly details?: string | null;
}

/** How an accepted start is answered. */
export interface OracleEpmStart {
  /** Which of the two is not documented. @default 200 */
  readonly httpStatus?: 200 | 202;
  /** The answer already contains the end. A positive status means that nothing was started. */
  readonly atOnce?: OracleEpmEnding;
  /** @default 'job-status' */
  readonly links?: 'job-status' | 'self-first' | 'self-only' | 'none';
  /** @default 'Job Status' */
  readonly rel?: string;
  /** Verb that the status link claims. @default 'GET' */
  readonly action?: string;
  /** Scheme, host and prefix of links. @default those of the request */
  readonly hrefBase?: string;
  /** A text before each `href`, such as a space. */
  readonly hrefLead?: string;
  /** A text after the `href` of the status link, such as `%20`. */
  readonly hrefTail?: string;
}

/** The form of `intermittentStatus`. */
export interface OracleEpmSteps {
  /** Labels of the four steps, in order. @default the English ones */
  readonly labels?: readonly [string, string, string, string];
  /** @default 'one-key' */
  readonly shape?: 'one-key' | 'several-keys' | 'with-empty-object' | 'null' | 'absent';
  /**
   * Unusual states of a step (1 is the first), during the restore and at its end. If a step ends in 'NA' or in the word
   * for a failure, its work is not done.
   */
  readonly odd?: readonly { readonly step: 1 | 2 | 3 | 4; readonly running?: string; readonly end?: string }[];
  /** Not documented. @default 'Failed' */
  readonly failureWord?: string;
}

/** How the jobs end that restore no backup: an export, an import, a copy, a clone, the daily maintenance. */
export interface OracleEpmJobScenario {
  /** @default 30,000 */
  readonly durationMs?: number;
  /** @default { status: 0 } */
  readonly ending?: OracleEpmEnding | 'never';
  /** The messages behind the link to the details of a failed export or import. @default one about the version */
  readonly messages?: readonly {
    readonly artifact?: string;
    readonly msgCategory?: string;
    readonly msgText: string;
  }[];
  /** Messages of one page. @default 25 */
  readonly pageSize?: number;
  /** @default 'answered' */
  readonly details?: 'answered' | 'unavailable' | 'of-another-job';
}

/** How downloads go wrong. */
export interface OracleEpmDownloads {
  /** What is answered with 200 instead of the file (OE-27). */
  readonly as?: 'json-error' | 'html';
  /** Each answer breaks off after that many bytes. */
  readonly breaksAfter?: number;
  /** Each body ends that many bytes before its announced length. */
  readonly endsEarlyBy?: number;
  /** Whether a download can be taken up at a byte; not documented. @default false */
  readonly hasRanges?: boolean;
}

export interface OracleEpmFaults {
  /** The time in which the caller is refused. */
  readonly deny?: Window & { readonly status: 401 | 403 };
  /** Status answers with another `status`. Without `value`, they have no `status`. */
  readonly oddStatus?: readonly (Window & { readonly value?: string | number | null })[];
  /** A bearer token is refused as expired after that many requests. */
  readonly bearerLifeUses?: number;
  /** The environment is older than the restore call: 404. */
  readonly withoutRestore?: boolean;
  /** The job is forgotten (404) that long after its end. */
  readonly forgetJobAfterMs?: number;
}

/** How the identity domain behaves. */
export interface OracleEpmIdentityScenario {
  /** @default 3_600_000 */
  readonly accessLifeMs?: number;
  /** @default 604_800_000, a week */
  readonly refreshLifeMs?: number;
  /** 'rotating' tokens are good for one use. @default 'rotating' */
  readonly refresh?: 'rotating' | 'lasting';
  /** Whether the registration of the clients allows refresh tokens. @default true */
  readonly allowsRefresh?: boolean;
  /**
   * What happens to all refresh tokens that were issued until `atMs` from the making of the emulator: somebody else uses
   * them, or they are revoked.
   */
  readonly loss?: { readonly kind: 'consumed' | 'revoked'; readonly atMs: number };
  readonly device?: {
    /** When the person confirms a code by itself. @default 'never': `identity.confirmDevice()` does it */
    readonly confirmedAfterMs?: number | 'never';
    /** The person then denies the code. @default false */
    readonly denied?: boolean;
    /** @default 5 */
    readonly intervalSeconds?: number | 'absent';
    /** @default 300 */
    readonly lifeSeconds?: number;
    /** How many polls are answered slow_down although they come in time. @default 0 */
    readonly slowDowns?: number;
  };
}

/** What happens on an emulated EPM environment. By default, a restore takes a minute and succeeds. */
export interface OracleEpmScenario extends ScenarioBase {
  /** 'never' stays at -1. @default { status: 0 } */
  readonly ending?: OracleEpmEnding | 'never';
  /** The restore ends after this many status answers with -1, instead of after `durationMs`. */
  readonly endAfterPolls?: number;
  readonly start?: OracleEpmStart;
  readonly job?: OracleEpmJobScenario;
  readonly downloads?: OracleEpmDownloads;
  readonly steps?: OracleEpmSteps;
  /** @default 'integer' */
  readonly statusForm?: 'integer' | 'string';
  /** Update of the environment. Since 26.11 a user name with the account before it is refused. @default '26.11' */
  readonly release?: '26.04' | '26.11';
  /** The archive, if the emulator gets no `backups`. */
  readonly backups?: readonly OracleEpmBackup[];
  /** The order of the list is not documented. @default 'as-given' */
  readonly listOrder?: 'as-given' | 'newest-first' | 'oldest-first' | 'mixed';
  /** Name of a copy without `targetName`: the REST guide's, or that of EPM Automate. @default 'time-before' */
  readonly copyName?: 'time-before' | 'underscore';
  /** Where the status of a copy is found. @default 'jobs' */
  readonly copyStatus?: 'jobs' | 'copysnapshot';
  /** Later jobs count up from it. @default '1776935926050' */
  readonly firstJobId?: string;
  /** A backup that is not listed or of the wrong kind; the answer is not documented. @default 'positive-status' */
  readonly wrongBackup?: 'positive-status' | 'failing-job' | 'http-400';
  /** A start while a restore runs; the answer is not documented. @default 'second-restore' */
  readonly secondStart?: 'second-restore' | 'positive-status';
  /** 400 for a flag that is neither boolean nor 'true' / 'false'; else any casing will do. @default true */
  readonly strictFlags?: boolean;
  /** The API can be reached only below this path, such as `/epm`. */
  readonly gatewayPrefix?: string;
  readonly identity?: OracleEpmIdentityScenario;
  readonly faults?: CommonFaults & OracleEpmFaults;
}
