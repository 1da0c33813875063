import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireBoolean, requireText } from '../errors/require.ts';
import { type ApiVersion, requireSince } from './api-version.ts';
import { toWireTime } from './times.ts';

/** Checks an option and returns what is sent for it. @throws {ConfigurationError} */
type Check = (field: string, value: unknown, version: ApiVersion) => unknown;

/** The options of a call that are sent as they are named, and how each is checked. */
export type Fields = Readonly<Record<string, Check>>;

export const flag: Check = (field, value) => requireBoolean(field, value);
export const text: Check = (field, value) => requireText(field, value);
export const moment: Check = (field, value) => toWireTime(field, value);

/** One of the vendor's words, in any case. */
export function word(...words: readonly string[]): Check {
  return (field, value) => {
    const found = typeof value === 'string' && words.find((each) => each.toLowerCase() === value.toLowerCase());
    if (found) return found;
    throw new ConfigurationError(field, `must be one of ${words.map((each) => `'${each.toLowerCase()}'`).join(', ')}.`);
  };
}

/** A field that later versions have. */
export function since(first: ApiVersion, check: Check): Check {
  return (field, value, version) => {
    requireSince(version, first, field);
    return check(field, value, version);
  };
}

/**
 * The options that are given, checked, under the names of the wire. Undefined is left out.
 * @throws {ConfigurationError} one is wrong, or one of `required` is missing
 */
export function readFields(
  options: object,
  fields: Fields,
  { version, prefix = '', required = [] }: { version: ApiVersion; prefix?: string; required?: readonly string[] },
): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(fields)) {
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined) wire[name] = check(prefix + name, value, version);
    else if (required.includes(name)) throw new ConfigurationError(prefix + name, 'must be given.');
  }
  return wire;
}

/** A region of Microsoft 365. */
export type OfficeRegion = 'Worldwide' | 'Germany' | 'China' | 'USDefence' | 'USGovernment';

export const REGION = word('Worldwide', 'Germany', 'China', 'USDefence', 'USGovernment');

/** Another organization of Microsoft 365, as OneDrive and SharePoint take it. */
export const ORGANIZATION: Fields = {
  officeRegion: since('v6', REGION),
  organizationName: since('v6', text),
};

/** The same for Exchange. */
export const EXCHANGE_ORGANIZATION: Fields = {
  officeRegion: since('v6', REGION),
  officeOrganizationName: since('v6', text),
};

export const DOCUMENT_VERSIONS: Fields = {
  documentVersion: word('All', 'Last'),
  documentLastVersionAction: word('Overwrite', 'Merge'),
};

export const NOTIFICATION: Fields = { sendSharedLinksNotification: flag };
export const CHANGES: Fields = { changedItems: flag, deletedItems: flag };
