import { ConfigurationError } from '../errors/configuration-error.ts';

/** A version of the REST API, as the paths name it. */
export type ApiVersion = 'v5' | 'v6' | 'v7' | 'v8';

/** Oldest first. */
export const API_VERSIONS: readonly ApiVersion[] = ['v5', 'v6', 'v7', 'v8'];

/** The kind of an operation of one version: an operation is polled by the version that started it. */
export type KindName<Name extends string> = `veeam-m365-${ApiVersion}/${Name}`;

export function kindName<Name extends string>(
  { version }: { readonly version: ApiVersion },
  name: Name,
): KindName<Name> {
  return `veeam-m365-${version}/${name}`;
}

/** All versions, a certain one first. */
export function versionsFrom(first: ApiVersion): readonly ApiVersion[] {
  return [first, ...API_VERSIONS.filter((version) => version !== first)];
}

export function isSince(version: ApiVersion, first: ApiVersion): boolean {
  return API_VERSIONS.indexOf(version) >= API_VERSIONS.indexOf(first);
}

/**
 * Refuses what came with a later version, before anything is sent.
 * @throws {ConfigurationError} names it, and says since when it exists
 */
export function requireSince(version: ApiVersion, first: ApiVersion, what: string): void {
  if (isSince(version, first)) return;
  throw new ConfigurationError(
    what,
    `exists since ${first} of the REST API; this client speaks ${version}. VeeamM365Client.connect() finds the newest version that the server speaks.`,
  );
}
