import type { RestoreResult } from '../operation/restore-result.ts';

/** Numbers of items. Absent where the server does not tell them. */
export interface RestoreCounts {
  /** Items that the restore was about. */
  readonly total?: number;
  /** Items that were restored: those that were missing and those that had changed. */
  readonly restored?: number;
  /** Items that were missing and were restored. */
  readonly created?: number;
  /** Items that had changed and were restored. */
  readonly merged?: number;
  /** Items that were left as they were, for example because they had not changed. */
  readonly skipped?: number;
  /** Items that could not be restored. */
  readonly failed?: number;
}

/** One thing that a restore was about, as its answer names it: a mailbox, a document, a site, a team. */
export interface RestoredItem extends RestoreCounts {
  readonly id?: string;
  readonly name?: string;
  readonly path?: string;
  /** The server's word, such as `ExchangeMailbox` or `SharePointList`. */
  readonly type?: string;
  /**
   * - 'succeeded': nothing of it failed. There may be `warnings`.
   * - 'partial': some of it failed, some was restored.
   * - 'failed': something failed and nothing was restored, or the restore broke off.
   * - 'skipped': it was left as it was.
   */
  readonly state: 'succeeded' | 'partial' | 'failed' | 'skipped';
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** What is inside it, where the server lists that. */
  readonly items?: readonly RestoredItem[];
}

/** Something that a person should know about a restore, in the server's own words. */
export interface RestoreIssue {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What it is about. Absent if it is about the whole restore. */
  readonly item?: Pick<RestoredItem, 'id' | 'name' | 'path' | 'type'>;
}

/** What a restore inside a session did: the same for all workloads and all versions of the API (VM-14). */
export interface SessionRestoreResult extends RestoreResult, RestoreCounts {
  /**
   * The moment that the session was opened for. The server does not say which backup it chose, so there is no `dataAsOf`
   * (VM-9). Absent if the session was made by `attach`.
   */
  readonly requestedDateTime?: Date;
  /** What the answer names. It may name only things that need attention, or nothing. */
  readonly items?: readonly RestoredItem[];
  /** Errors and warnings, of the whole restore first, then those of each item. */
  readonly issues: readonly RestoreIssue[];
  /** What failed, in the server's own words: the errors of `issues`, with the name of the item. */
  readonly errors: readonly string[];
}

/** `issues` and `errors` of a result: those of the whole restore, and those of the items. */
export function issuesOf(
  whole: { readonly errors?: readonly string[]; readonly warnings?: readonly string[] },
  items: readonly RestoredItem[] = [],
): Pick<SessionRestoreResult, 'issues' | 'errors'> {
  const issues: readonly RestoreIssue[] = [
    ...toIssues(whole),
    ...flat(items).flatMap(({ id, name, path, type, errors, warnings }) => {
      const named = { id, name, path, type };
      const item = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
      return toIssues({ errors, warnings }).map((issue) => ({ ...issue, item }));
    }),
  ];
  const errors = issues.filter(({ severity }) => severity === 'error').map(describeIssue);
  return { issues, errors };
}

/** An issue in one line: the name of the item, and the text. */
function describeIssue({ message, item }: RestoreIssue): string {
  const name = item?.name ?? item?.path ?? item?.id;
  return name === undefined ? message : `${name}: ${message}`;
}

/** Items and what is inside them. */
function flat(items: readonly RestoredItem[]): readonly RestoredItem[] {
  const all: RestoredItem[] = [];
  const rest = [...items].reverse();
  for (let item = rest.pop(); item !== undefined; item = rest.pop()) {
    all.push(item);
    rest.push(...[...(item.items ?? [])].reverse());
  }
  return all;
}

function toIssues({ errors = [], warnings = [] }: Parameters<typeof issuesOf>[0]): readonly RestoreIssue[] {
  return [
    ...errors.map((message) => ({ severity: 'error' as const, message })),
    ...warnings.map((message) => ({ severity: 'warning' as const, message })),
  ];
}
