import type { Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { readSecret } from '../auth/secret-reader.ts';
import type { CallOptions } from '../client/client-options.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireBoolean, requireText } from '../errors/require.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { ApiVersion } from './api-version.ts';
import { checkCertificate } from './check-certificate.ts';
import type { Dialect, WireCredentials, WireSelection, WireTarget } from './dialect.ts';
import { EXCHANGE_ORGANIZATION, type OfficeRegion, readFields } from './option-fields.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * How the server logs on to Exchange. If all fields are left out, it uses the account of the organization.
 *
 * @example
 * await session.mailboxes.restore(mailbox.id, {
 *   userName: 'admin@example.org',
 *   userPassword: secretFromEnv('EXCHANGE_PASSWORD'),
 * });
 */
export interface ExchangeCredentials {
  /** The account, such as `admin@example.org`. */
  readonly userName?: string | undefined;
  /** Needs `userName`. */
  readonly userPassword?: Secret | undefined;
  /** A device code that a person has used to sign in at Microsoft. Not for `restoreMany` in v5. */
  readonly userCode?: Secret | undefined;
  /** The id of an application in Microsoft Entra. v6 only. */
  readonly applicationId?: string | undefined;
  /** The content of a PFX file in base64: no PEM text, no path. v6 only. */
  readonly applicationCertificate?: Secret | undefined;
  /** The password of the PFX file. Needs `applicationCertificate`. v6 only. */
  readonly applicationCertificatePassword?: Secret | undefined;
  /**
   * The account that the application acts for. Only with `applicationCertificate`, and the restore of one mailbox needs it
   * then. v6 only.
   */
  readonly impersonationAccountName?: string | undefined;
}

/** Which items are restored. For a field that is left out, the server uses its own default, which is not documented. */
export interface ItemSelection {
  /** Restores items that differ from the backup. */
  readonly changedItems?: boolean | undefined;
  /** Restores items that are missing. */
  readonly deletedItems?: boolean | undefined;
  /** Marks restored items as unread. */
  readonly markRestoredAsUnread?: boolean | undefined;
  /** Does not restore drafts. */
  readonly excludeDrafts?: boolean | undefined;
  /** Does not restore the folder of deleted items. */
  readonly excludeDeletedItems?: boolean | undefined;
  /** Does not restore items on in-place hold. */
  readonly excludeInPlaceHoldItems?: boolean | undefined;
  /** Does not restore items on litigation hold. */
  readonly excludeLitigationHoldItems?: boolean | undefined;
}

/** Another mailbox that the data is restored to. */
export interface RestoreTarget extends ItemSelection {
  /** Its email address. */
  readonly mailbox: string;
  /** The region of another organization of Microsoft 365. Since v6. */
  readonly officeRegion?: OfficeRegion | undefined;
  /** The name of another organization of Microsoft 365, such as `abc.onmicrosoft.com`. Since v6. */
  readonly officeOrganizationName?: string | undefined;
  /** The Exchange server with the Client Access role, such as `outlook.office365.com`. */
  readonly casServer?: string | undefined;
  /** A folder of that mailbox. */
  readonly folder?: string | undefined;
}

export interface RestoreMailboxOptions extends ExchangeCredentials, CallOptions {
  /** Where the data is restored to. @default the original mailbox, whose items are overwritten */
  readonly to?: RestoreTarget | undefined;
  /** Your own remark, such as a ticket. It is part of the handle, the events and the errors. No secret. */
  readonly note?: string | undefined;
}

/** Options of `restoreMany`, which restores to the original mailboxes. */
export interface RestoreMailboxesOptions extends ExchangeCredentials, ItemSelection, CallOptions {
  /** The Exchange server with the Client Access role. */
  readonly casServer?: string | undefined;
  /** Restores items that were backed up in this number of days first. Since v6. */
  readonly recentItemRestorePeriod?: number | undefined;
  /** Skips mailboxes that are not found, instead of refusing all. The answer may then not list them. */
  readonly skipUnresolved?: boolean | undefined;
  /** The account of an Exchange server on premises. */
  readonly onPremisesUserName?: string | undefined;
  /** Its password. */
  readonly onPremisesUserPassword?: Secret | undefined;
  /** The domain of that account. */
  readonly domainName?: string | undefined;
  /** Your own remark, such as a ticket. It is part of the handle, the events and the errors. No secret. */
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
  'recentItemRestorePeriod',
  'skipUnresolved',
  'onPremisesUserName',
  'onPremisesUserPassword',
  'domainName',
];

/**
 * Which credentials a restore takes. 'one': those of a mailbox, a site or a team, with the account that an application
 * acts for. 'several': those of several mailboxes. 'documents': no such account.
 */
export type LoginRule = 'one' | 'several' | 'documents';

export function credentialNames(rule: LoginRule): readonly string[] {
  const names = [...SECRETS, ...NAMES];
  return rule === 'documents' ? names.filter((name) => name !== 'impersonationAccountName') : names;
}

/**
 * Refuses unknown fields. To drop one, such as a choice of items, would restore something else.
 * @throws {ConfigurationError}
 */
export function checkFields(value: unknown, known: readonly string[], prefix = ''): void {
  if (typeof value !== 'object' || value === null) {
    const example = known.length > 0 && prefix === '' ? ` with ${known.slice(0, 2).join(' or ')}` : '';
    throw new ConfigurationError(prefix.replace(/\.$/, '') || 'options', `must be an object${example}.`);
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
export function toTarget(to: RestoreTarget, version: ApiVersion): WireTarget {
  checkFields(to, [...SELECTION, 'mailbox', 'casServer', 'folder', ...Object.keys(EXCHANGE_ORGANIZATION)], 'to.');
  return {
    mailbox: requireText('to.mailbox', to.mailbox),
    ...readFields(to, EXCHANGE_ORGANIZATION, { version, prefix: 'to.' }),
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
export function checkCredentials(dialect: Dialect, credentials: ExchangeCredentials, of: LoginRule): void {
  for (const name of [...SECRETS, ...NAMES]) {
    if (credentials[name] === undefined) continue;
    if (!dialect.credentials[of === 'several' ? 'several' : 'one'].includes(name)) {
      const call = of === 'several' ? 'restoreMany' : 'a restore';
      throw new ConfigurationError(
        name,
        `is not known to ${call} in ${dialect.version} of the API; it exists since v6.`,
      );
    }
  }
  const { applicationCertificate } = credentials;
  if (typeof applicationCertificate === 'string' && applicationCertificate !== '') {
    checkCertificate('applicationCertificate', applicationCertificate);
  }
  for (const name of SECRETS) if (credentials[name] !== undefined) requireSecret(name, credentials[name]);
  for (const name of NAMES) if (credentials[name] !== undefined) requireText(name, credentials[name]);
  requireWith(credentials, 'userPassword', 'userName');
  requireWith(credentials, 'userName', 'userPassword');
  requireWith(credentials, 'applicationCertificatePassword', 'applicationCertificate');
  requireWith(credentials, 'impersonationAccountName', 'applicationCertificate');
  // A restore of several needs the account only for a group mailbox without owners.
  if (of === 'one') requireWith(credentials, 'applicationCertificate', 'impersonationAccountName');
}

/** Reads the secrets, and adds them to the redactor, because the server may quote a request (VM-30). */
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
    requireWith(credentials, 'applicationCertificate', 'applicationId');
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
