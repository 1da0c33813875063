import { ConfigurationError } from '../errors/configuration-error.ts';

/** What a restore overwrites. */
export interface StartTarget {
  /** Such as `cloud-foundry`. */
  readonly system: string;
  /** Scheme, host, port and the prefix of a gateway, without a slash at the end. */
  readonly baseUrl: string;
  /** What is restored there; empty where the system as a whole is. */
  readonly instance: string;
}

/** A target as it may be written down: `system` and `baseUrl` are the client's where they are left out. */
export interface StartTargetInput {
  /** @default what stands before the slash in the client's first kind */
  readonly system?: string;
  /** @default the client's */
  readonly baseUrl?: string;
  /**
   * Exactly what is overwritten, always written in the same way: the guid of a service instance, the id of an
   * organization. Left out for Oracle EPM and DocSpace, which are restored as a whole. @default ''
   */
  readonly instance?: string;
}

/** @throws {ConfigurationError} a part is missing, or no text */
export function toTarget(
  given: StartTargetInput | string,
  client: { readonly baseUrl: string; readonly kinds: readonly string[] },
): StartTarget {
  const {
    system = client.kinds[0]?.split('/')[0],
    baseUrl = client.baseUrl,
    instance = '',
  } = typeof given === 'string' ? { instance: given } : (given ?? {});
  requireText('target.system', system);
  requireText('target.baseUrl', baseUrl);
  if (typeof instance !== 'string') throw new ConfigurationError('target.instance', 'must be a text.');
  return { system: system as string, baseUrl: normalBaseUrl(baseUrl), instance };
}

export function isSameTarget(one: StartTarget, other: StartTarget): boolean {
  return one.system === other.system && one.baseUrl === other.baseUrl && one.instance === other.instance;
}

export function describeTarget({ system, baseUrl, instance }: StartTarget): string {
  return `${system} at ${baseUrl}${instance === '' ? '' : `, ${instance}`}`;
}

function requireText(field: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw new ConfigurationError(field, 'must be a text that is not empty.');
}

/** The same host in other letters, with its default port or a slash at the end, is the same target. */
function normalBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  return url === undefined || url.origin === 'null' ? baseUrl : `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
