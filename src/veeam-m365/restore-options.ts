import type { Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { readSecret } from '../auth/secret-reader.ts';
import type { CallOptions } from '../client/client-options.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireBoolean, requireText } from '../errors/require.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { checkCertificate } from './check-certificate.ts';
import type { Dialect, WireCredentials, WireSelection, WireTarget } from './dialect.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** How the server logs on to Exchange; all may be left out where the organization's own account is to be used. */
export interface ExchangeCredentials {
  readonly userName?: string | undefined;
  readonly userPassword?: Secret | undefined;
  /** Device code that a person has signed in with at Microsoft. Not for `restoreMany` in v5. */
  readonly userCode?: Secret | undefined;
  /** v6 only. */
  readonly applicationId?: string | undefined;
  /** The PFX file in base64; v6 only. */
  readonly applicationCertificate?: Secret | undefined;
  /** v6 only. */
  readonly applicationCertificatePassword?: Secret | undefined;
  /**
   * The account that the application acts for; goes with `applicationCertificate`, and the restore of one mailbox needs
   * it there. v6 only.
   */
  readonly impersonationAccountName?: string | undefined;
}

/** Which items; what is left out is up to the server, whose defaults are not documented. */
export interface ItemSelection {
  /** Items that differ from the backup. */
  readonly changedItems?: boolean | undefined;
  /** Items that are missing. */
  readonly deletedItems?: boolean | undefined;
  readonly markRestoredAsUnread?: boolean | undefined;
  readonly excludeDrafts?: boolean | undefined;
  readonly excludeDeletedItems?: boolean | undefined;
  readonly excludeInPlaceHoldItems?: boolean | undefined;
  readonly excludeLitigationHoldItems?: boolean | undefined;
}

/** Another mailbox to restore to. */
export interface RestoreTarget extends ItemSelection {
  /** Its address. */
  readonly mailbox: string;
  /** Exchange server with the Client Access role, such as `outlook.office365.com`. */
  readonly casServer?: string | undefined;
  readonly folder?: string | undefined;
}

export interface RestoreMailboxOptions extends ExchangeCredentials, CallOptions {
  /** Where the data goes. @default the mailbox it came from, whose items are overwritten */
  readonly to?: RestoreTarget | undefined;
  /** Your own remark, such as a ticket; it stands in the error of a lost answer. */
  readonly note?: string | undefined;
}

/** Restores go to where the mailboxes came from. */
export interface RestoreMailboxesOptions extends ExchangeCredentials, ItemSelection, CallOptions {
  readonly casServer?: string | undefined;
  /** Skips mailboxes that cannot be found, instead of refusing all. */
  readonly skipUnresolved?: boolean | undefined;
  readonly onPremisesUserName?: string | undefined;
  readonly onPremisesUserPassword?: Secret | undefined;
  readonly domainName?: string | undefined;
  readonly note?: string | undefined;
}

const SECRETS = ['userPassword', 'userCode', 'applicationCertificate', 'applicationCertificatePassword'] as const;
const NAMES = ['userName', 'applicationId', 'impersonationAccountName'] as const;
const CALL = ['signal', 'requestTimeoutMs', 'note'];
const SELECTION = [
  'changedItems',
  'deletedItems',
  'markRestoredAsUnread',
  'excludeDrafts',
  'excludeDeletedItems',
  'excludeInPlaceHoldItems',
  'excludeLitigationHoldItems',
] as const satisfies (keyof ItemSelection)[];

export const ONE_MAILBOX: readonly string[] = [...SECRETS, ...NAMES, ...CALL, 'to'];
export const SEVERAL_MAILBOXES: readonly string[] = [
  ...SECRETS,
  ...NAMES,
  ...CALL,
  ...SELECTION,
  'casServer',
  'skipUnresolved',
  'onPremisesUserName',
  'onPremisesUserPassword',
  'domainName',
];

/**
 * A field that is not known is refused: dropping one, such as a choice of items, would restore something else.
 * @throws {ConfigurationError}
 */
export function checkFields(value: unknown, known: readonly string[], prefix = ''): void {
  if (typeof value !== 'object' || value === null) {
    throw new ConfigurationError(prefix.replace(/\.$/, '') || 'options', 'must be an object.');
  }
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const isSelection = SELECTION.some((name) => name === unknown);
  const hint = isSelection ? ' A restore to where it was knows no choice of items; `to.` and restoreMany do.' : '';
  throw new ConfigurationError(`${prefix}${unknown}`, `is not an option of this restore.${hint}`);
}

/** @throws {ConfigurationError} a field that is no boolean */
export function toSelection(selection: ItemSelection, prefix = ''): WireSelection {
  return Object.fromEntries(
    SELECTION.filter((name) => selection[name] !== undefined).map((name) => [
      name,
      requireBoolean(`${prefix}${name}`, selection[name]),
    ]),
  );
}

/** @throws {ConfigurationError} */
export function toTarget(to: RestoreTarget): WireTarget {
  checkFields(to, [...SELECTION, 'mailbox', 'casServer', 'folder'], 'to.');
  return {
    mailbox: requireText('to.mailbox', to.mailbox),
    ...omitUndefined({
      casServer: to.casServer === undefined ? undefined : requireText('to.casServer', to.casServer),
      folder: to.folder === undefined ? undefined : requireText('to.folder', to.folder),
    }),
    ...toSelection(to, 'to.'),
  };
}

/**
 * Checks credentials, without asking for a secret.
 * @throws {ConfigurationError} wrong, or not for this version
 */
export function checkCredentials(dialect: Dialect, credentials: ExchangeCredentials, of: 'one' | 'several'): void {
  for (const name of [...SECRETS, ...NAMES]) {
    if (credentials[name] === undefined) continue;
    if (!dialect.credentials[of].includes(name)) {
      const call = of === 'one' ? 'a restore' : 'restoreMany';
      throw new ConfigurationError(name, `is not known to ${call} in ${dialect.version}.`);
    }
  }
  const { applicationCertificate } = credentials;
  if (typeof applicationCertificate === 'string' && applicationCertificate !== '') {
    checkCertificate('applicationCertificate', applicationCertificate);
  }
  for (const name of SECRETS) if (credentials[name] !== undefined) requireSecret(name, credentials[name]);
  for (const name of NAMES) if (credentials[name] !== undefined) requireText(name, credentials[name]);
  requireWith(credentials, 'userPassword', 'userName');
  requireWith(credentials, 'applicationCertificatePassword', 'applicationCertificate');
  requireWith(credentials, 'impersonationAccountName', 'applicationCertificate');
  // A restore of several needs the account only for a group mailbox without owners.
  if (of === 'one') requireWith(credentials, 'applicationCertificate', 'impersonationAccountName');
}

/** Asks for the secrets, and has them kept out of all that is shown, since the server may quote a request (VM-30). */
export async function readCredentials(system: VeeamSystem, credentials: ExchangeCredentials): Promise<WireCredentials> {
  const wire: { -readonly [Name in keyof WireCredentials]: string } = {};
  for (const name of NAMES) {
    const value = credentials[name];
    if (value !== undefined) wire[name] = value;
  }
  for (const name of SECRETS) {
    const secret = credentials[name];
    if (secret !== undefined) wire[name] = await readKept(system, name, secret);
  }
  if (wire.applicationCertificate !== undefined) {
    checkCertificate('applicationCertificate', wire.applicationCertificate);
  }
  return wire;
}

export function readKept(system: VeeamSystem, field: string, secret: Secret): Promise<string> {
  return readSecret(field, secret, { keepSecret: (value) => system.transport.redactor.add(value) });
}

function requireWith(
  credentials: ExchangeCredentials,
  name: keyof ExchangeCredentials,
  partner: keyof ExchangeCredentials,
): void {
  if (credentials[name] !== undefined && credentials[partner] === undefined) {
    throw new ConfigurationError(partner, `must be given together with ${name}.`);
  }
}
