import { ConfigurationError } from '../errors/configuration-error.ts';

/** What a restore overwrites. */
export interface StartTarget {
  /** What stands before the slash in the kinds of its client. */
  readonly system: string;
  /** Scheme, host, port and the prefix of a gateway, without a slash at the end. */
  readonly baseUrl: string;
  /** What is restored there, a GUID in lower case; empty where the system as a whole is. */
  readonly instance: string;
}

/** A target as it may be written down: `system` and `baseUrl` are the client's where they are left out. */
export interface StartTargetInput {
  /** @default what stands before the slash in the client's first kind */
  readonly system?: string | undefined;
  /** @default the client's */
  readonly baseUrl?: string | undefined;
  /**
   * Exactly what is overwritten, always written in the same way: the id that the vendor gives it. The case of a GUID makes
   * no difference. Left out for systems that are restored as a whole. @default ''
   */
  readonly instance?: string | undefined;
}

/** @throws {ConfigurationError} a part is missing, or no text */
export function toTarget(
  input: StartTargetInput | string,
  client: { readonly baseUrl: string; readonly kinds: readonly string[] },
): StartTarget {
  const {
    system = client.kinds[0]?.split('/')[0],
    baseUrl = client.baseUrl,
    instance = '',
  } = typeof input === 'string' ? { instance: input } : (input ?? {});
  requireText('target.system', system);
  requireText('target.baseUrl', baseUrl);
  if (typeof instance !== 'string') throw new ConfigurationError('target.instance', 'must be a text.');
  return { system: system as string, baseUrl: normalBaseUrl(baseUrl), instance: normalInstance(instance) };
}

export function isSameTarget(one: StartTarget, other: StartTarget): boolean {
  return (
    one.system === other.system &&
    one.baseUrl === other.baseUrl &&
    normalInstance(one.instance) === normalInstance(other.instance)
  );
}

export function describeTarget({ system, baseUrl, instance }: StartTarget): string {
  return `${system} at ${baseUrl}${instance === '' ? '' : `, ${instance}`}`;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A GUID in lower case; other names may differ by their case alone. */
export function normalInstance(instance: string): string {
  return GUID.test(instance) ? instance.toLowerCase() : instance;
}

/** The same host in other letters, with its default port or a slash at the end, is the same system. */
export function normalBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  return url === undefined || url.origin === 'null' ? baseUrl : `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function requireText(field: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw new ConfigurationError(field, 'must be a text that is not empty.');
}
