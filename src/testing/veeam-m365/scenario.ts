import type { ScenarioBase } from '../emulator.ts';
import type { CommonFaults, Window } from '../faults.ts';

export type VeeamVersion = 'v5' | 'v6' | 'v7' | 'v8';

/** Faults of this product, by name. */
export interface VeeamM365Faults {
  /** Every token issued so far dies: so long after the first session was opened, or when the n-th status request comes. */
  readonly expireTokens?: { readonly atMs?: number; readonly atPoll?: number; readonly refreshTokens?: boolean };
  /** A new session is unknown (404) to its first n status requests. */
  readonly notFoundPolls?: number;
  /** The connection is cut so long after a mailbox restore began; the restore goes on. */
  readonly loseRestoreAnswer?: { readonly afterMs?: number };
  /** A mailbox restore is carried out, and answered with 401 when it has ended: its token died in the meantime. */
  readonly unauthorizedAfterRestore?: boolean;
  /** The answer about a session comes from another one, which has stopped; counted from the session's creation. */
  readonly misroutedSessions?: Window & {
    /** Only each n-th of the status requests. @default 1 */
    readonly every?: number;
    readonly result: 'Success' | 'Warning' | 'Failed';
  };
  /** A mailbox restore ends with 200 and a page for people. */
  readonly htmlInsteadOfRestoreAnswer?: boolean;
  /** The named calls are refused with 400, and the message quotes the request body, secrets included. */
  readonly echoRequestBody?: readonly ('token' | 'start' | 'restore')[];
  /** `next` of every page leads to the same page. */
  readonly loopingNext?: boolean;
}

/**
 * What the mailbox restores of a session do. Up to v7 they block: the answer comes when the restore has ended. v8 answers at
 * once with the id of a session of their own.
 */
export interface MailboxRestoreScenario {
  /** @default 60_000 */
  readonly durationMs?: number;
  /** How many items of each mailbox fail. @default 0 */
  readonly failedItems?: number | 'all';
  /** Positions of the mailboxes of which every item fails. */
  readonly failedMailboxes?: readonly number[];
  /** Nothing is restored, and `cannotContinueError` says this. */
  readonly cannotContinue?: string;
  readonly warnings?: readonly string[];
  /** Which counters an answer has; the specification requires none. @default 'all' */
  readonly counters?: 'all' | 'non-zero' | 'none';
  /**
   * Positions of the mailboxes that a restore of several cannot find in production. They fail, and are missing from the
   * answer where `skipUnresolved` was asked for.
   */
  readonly unresolvedMailboxes?: readonly number[];
  /** Positions of the mailboxes of which an answer for several says Warning, while the whole says Success. */
  readonly warningMailboxes?: readonly number[];
  /** What a restore of several answers in the place of its statistics: `{}`, Success without details, or Running. */
  readonly bulkAnswer?: 'empty' | 'no-details' | 'running';
  /**
   * What a restore call answers: counters when the restore has ended, or the id of a session at once.
   * @default by version: v8 a session
   */
  readonly answer?: 'counters' | 'session';
  /** What the session of a restore says once it has stopped, whatever became of the restore. @default the truth */
  readonly sessionResult?: 'Success' | 'Warning' | 'Failed' | 'null' | 'absent' | 'Cancelled';
  /**
   * The statistics of a restore. 'fewer': the last mailbox is left out. 'uncounted': the counters are 0, and items tell.
   * 'without-items': no item is listed. 'broken': 500. 'absent': 404. @default 'all'
   */
  readonly statistics?: 'all' | 'fewer' | 'uncounted' | 'without-items' | 'broken' | 'absent';
}

/** What happens on an emulated Veeam server. `durationMs` ends a session by itself; without it, sessions last until stopped. */
export interface VeeamM365Scenario extends ScenarioBase {
  readonly faults?: CommonFaults & VeeamM365Faults;
  /** Versions of the interface that the server has. @default all */
  readonly versions?: readonly VeeamVersion[];

  /**
   * What a session says once it has stopped; before, it says Success (VM-2). Beyond the documented words: null, no
   * `result` at all, or a word that nobody documents. @default 'Success'
   */
  readonly result?: 'Success' | 'Warning' | 'Failed' | 'null' | 'absent' | 'Cancelled';
  /** `details` of a session that has stopped. */
  readonly details?: string;
  /** How long a new session is Starting, and its content not to be had. @default 0 */
  readonly startingMs?: number;
  /** Words that a live session says instead of Working, counted from its creation or by its own status requests. */
  readonly oddStates?: readonly (Window & { readonly state: string })[];
  /** `endTime` of a live session. @default 'by-version': v5 creationTime, later the year 9999 */
  readonly endTime?: 'by-version' | 'creation-time' | 'sentinel' | 'null' | 'absent';
  /** Sessions end when nothing inside them was used for so long. @default they do not */
  readonly idleLimitMs?: number;
  /** Reading a session's state counts as use. @default false */
  readonly pollsKeepAlive?: boolean;
  /** A session is forgotten (404) so long after its end. @default never */
  readonly forgetAfterMs?: number;
  readonly stop?: {
    /** How many status requests after a stop still see the session alive. @default 0 */
    readonly lagPolls?: number | 'forever';
    /** What the state is called in the meantime. @default 'Working' */
    readonly lagState?: string;
    /** A stop of a session that has stopped already. @default 'accepted' */
    readonly again?: 'accepted' | 'error';
    /**
     * What becomes of a restore that runs in the session, which is not documented. 'cut': it breaks off, nothing comes
     * back and its event says Failed. 'cut-silently': its event says Running for good. 'goes-on': it runs to its end.
     * @default 'cut'
     */
    readonly runningRestores?: 'cut' | 'cut-silently' | 'goes-on';
  };

  /** Status of an accepted start. @default v5 201, v6 200, v7 200, v8 201 */
  readonly startStatus?: Readonly<Partial<Record<VeeamVersion, number>>>;
  /** Status of a refused request body. @default 400 */
  readonly badRequestStatus?: number;
  /** Only names and words in the spelling of the version's documents are understood. @default false */
  readonly strict?: boolean;
  /** Zone of the server, for dates that come without one. @default 0 */
  readonly serverOffsetMinutes?: number;
  /** Zone in which events tell their times. @default 0 */
  readonly eventOffsetMinutes?: number;
  /** Origin of the links in v5 answers; calls to it are cut off (VM-20). @default the origin of the request */
  readonly linkOrigin?: string;
  /** Name of the member that holds the text of an error. @default 'message' */
  readonly errorMember?: 'message' | 'Message';
  /** Sessions have no `name`, as in builds that leave it out. @default false */
  readonly isNameless?: boolean;
  /** How long a call that browses a session takes. @default 0 */
  readonly browsingMs?: number;
  /** How far the server's clock is ahead of the emulator's; behind it where negative. @default 0 */
  readonly clockSkewMs?: number;

  readonly mailboxRestore?: MailboxRestoreScenario;
  /** How long after a device code was given out somebody signs in with it. @default nobody does, but for `signIn` */
  readonly signInAfterMs?: number;
  /** Files that a session gives out: PST files, ZIP files, documents. */
  readonly files?: {
    /** How long the server packs before it answers. @default 0 */
    readonly packingMs?: number;
    /**
     * 'cut': half of the announced bytes come. 'reset': the connection is cut before the answer. 'no-outlook': 500, as a
     * server without Outlook answers an export to PST.
     */
    readonly fileFault?: 'cut' | 'reset' | 'no-outlook';
  };
  /** @default 3 */
  readonly mailboxCount?: number;
  /** @default 52 */
  readonly itemsPerMailbox?: number;
  /** Items of each OneDrive, site and team. @default 12 */
  readonly itemsPerThing?: number;
  readonly neverBackedUp?: boolean;
  /** Products that backups hold. @default all */
  readonly workloads?: readonly ('Vex' | 'Vesp' | 'Veod' | 'Vet')[];
  /** @default 'Valid' */
  readonly licence?: 'Valid' | 'Expired';

  /** Sessions, long stopped, that every logon sees in its list. @default 0 */
  readonly earlierSessions?: number;
  /** @default 'newest-first' */
  readonly listOrder?: 'newest-first' | 'oldest-first';
  /** `totalCount` of v6 and v7 pages; the others have none. @default 'number' */
  readonly totalCount?: 'number' | 'null' | 'absent';
  /** Whether a session of another logon is only left out of the list, or not to be had at all. @default 'unlisted' */
  readonly otherLogons?: 'unlisted' | 'unknown';

  readonly token?: {
    /** @default 3600 */
    readonly lifeSeconds?: number;
    /** Life of a refresh token. @default for ever */
    readonly refreshLifeSeconds?: number;
    /** Calls that an access token is good for. @default any number */
    readonly uses?: number;
    /** @default 'one-use' */
    readonly refresh?: 'one-use' | 'reusable' | 'refused';
    /** Shape of a refusal. @default 'by-version': v5 as in OAuth, later `{ message }` */
    readonly refusal?: 'by-version' | 'oauth' | 'message';
  };
  /**
   * Whether calls need antiforgery cookies unless the login said that it takes none (VM-27). 'since-v7': in v7 and v8.
   * 'since-v6': in v6 too. @default 'never'
   */
  readonly antiforgery?: 'never' | 'since-v7' | 'since-v6';
  /** Body of a 401. @default 'message' */
  readonly unauthorizedBody?: 'message' | 'empty';
}
