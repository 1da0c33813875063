import { ConfigurationError } from '../errors/configuration-error.ts';

/** What a restore overwrites. */
export interface StartTarget {
  /** The system: the part of the kinds of its client before the slash. */
  readonly system: string;
  /** Scheme, host, port and the prefix of a gateway, without a trailing slash. */
  readonly baseUrl: string;
  /** What is overwritten in the system; a GUID is in lower case. Empty if the whole system is overwritten. */
  readonly instance: string;
}

/** A target in the options. `system` and `baseUrl` default to those of the client. */
export interface StartTargetInput {
  /** @default the part of the client's first kind before the slash */
  readonly system?: string | undefined;
  /** @default the client's */
  readonly baseUrl?: string | undefined;
  /**
   * The exact thing that is overwritten, always written in the same way: its id at the vendor. The case of a GUID does
   * not matter. Leave it out for systems that are restored as a whole. @default ''
   */
  readonly instance?: string | undefined;
}

/** @throws {ConfigurationError} a part is missing or is no text */
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

/** Writes a GUID in lower case. In other names the case matters. */
export function normalInstance(instance: string): string {
  return GUID.test(instance) ? instance.toLowerCase() : instance;
}

/** Normalises a base URL: upper case in the host, a default port or a trailing slash make no other system. */
export function normalBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  return url === undefined || url.origin === 'null' ? baseUrl : `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function requireText(field: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw new ConfigurationError(field, 'must be a text that is not empty.');
}
