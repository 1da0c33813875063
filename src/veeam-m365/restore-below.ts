import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type Fields, readFields } from './option-fields.ts';
import {
  checkCredentials,
  checkFields,
  credentialNames,
  type ExchangeCredentials,
  type LoginRule,
  readCredentials,
} from './restore-options.ts';
import type { SessionRestoreResult } from './restore-result.ts';
import type { CommonRestoreOptions } from './restore-words.ts';
import { actBelow, type PathParams, type PostPath, type SessionOf } from './session-requests.ts';
import { startRestore } from './start-restore.ts';
import type { Workload } from './workload.ts';

/**
 * A restore inside a session. It does not need the process that started it: `client.resume(handle)` polls the session of
 * the restore, or up to v7 the events of the session that it runs in.
 *
 * Codes of its warnings:
 * - `nothing-restored`: all counters are 0, as in a session of a moment before the first backup (VM-9).
 * - `not-counted`: the restore has ended, and its counters are unknown.
 */
export interface SessionRestore extends Operation<SessionRestoreResult> {}

/** A restore, its input not yet checked. */
export interface RestoreBelow {
  readonly workload: Workload;
  /** In the message of a lost answer. */
  readonly what: string;
  readonly path: PostPath;
  readonly params: PathParams;
  /** The mailboxes, OneDrives, sites or teams that it is about. */
  readonly targets: readonly { readonly id: string; readonly name?: string | undefined }[];
  /** Reads the name of the only target, which its events have. */
  readonly nameOf?: () => Promise<string | undefined>;
  /** The address that the data goes to. */
  readonly to?: string | undefined;
  readonly fields: Fields;
  readonly required?: readonly string[];
  /** Which credentials it takes. @default none */
  readonly login?: LoginRule | undefined;
  /** Its answer has one entry for each target. */
  readonly isBulk?: boolean;
  /** It runs in a session of its own, in all versions. */
  readonly isOperator?: boolean;
  /** Reads what else is sent. */
  readonly more?: () => Promise<object>;
  /** Names of credentials on the wire, where they differ. */
  readonly rename?: Readonly<Record<string, string>>;
}

const CALL = ['signal', 'requestTimeoutMs', 'note'];

/** Checks the options of a restore, and starts it. */
export async function restoreBelow(
  session: SessionOf,
  options: CommonRestoreOptions,
  restore: RestoreBelow,
): Promise<SessionRestore> {
  const { system } = session;
  const { dialect } = system;
  const { login, fields, required = [], rename = {} } = restore;
  const credentials = options as ExchangeCredentials;
  checkFields(options, [...(login ? credentialNames(login) : []), ...CALL, ...Object.keys(fields)]);
  if (login) checkCredentials(dialect, credentials, login);
  const own = readFields(options, fields, { version: dialect.version, required });
  const { workload, what, targets, nameOf, isBulk = false, isOperator = false, to } = restore;
  const started = startRestore(system, session, {
    workload,
    what,
    mailboxes: targets,
    isBulk,
    isOperator,
    to,
    nameOf,
    makeRequest: async () => {
      const secrets = login ? await readCredentials(system, credentials) : {};
      const body = { ...own, ...(await restore.more?.()), ...renamed(secrets, rename) };
      return actBelow(session, restore.path, restore.params, body);
    },
    options: omitUndefined({
      note: options.note,
      signal: options.signal,
      requestTimeoutMs: options.requestTimeoutMs,
    }),
  });
  return started as Promise<SessionRestore>;
}

/** @throws {ConfigurationError} it is no list, or empty: what the server makes of that is not documented */
export function requireSeveral<Item extends { readonly id: string }>(
  field: string,
  items: readonly Item[] | undefined,
): readonly Item[] {
  if (!Array.isArray(items) || items.length === 0) {
    throw new ConfigurationError(field, 'must be a list with at least one entry.');
  }
  for (const [index, item] of items.entries()) requireSegment(`${field}[${index}].id`, item?.id);
  return items;
}

function renamed(fields: object, names: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
}
