import { ConfigurationError } from '../errors/configuration-error.ts';

/** What a restore overwrites. */
export interface StartTarget {
  /** Such as `cloud-foundry`. */
  readonly system: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** What is restored there; empty where the origin as a whole is. */
  readonly instance: string;
}

/** A target as it may be written down: `system` and `origin` are the client's where they are left out. */
export interface StartTargetInput {
  /** @default what stands before the slash in the client's first kind */
  readonly system?: string;
  /** @default the client's */
  readonly origin?: string;
  /**
   * Exactly what is overwritten, always written in the same way: the guid of a service instance, the id of an
   * organization. Left out for Oracle EPM and DocSpace, which are restored as a whole. @default ''
   */
  readonly instance?: string;
}

/** @throws {ConfigurationError} a part is missing, or no text */
export function toTarget(
  given: StartTargetInput | string,
  client: { readonly origin: string; readonly kinds: readonly string[] },
): StartTarget {
  const {
    system = client.kinds[0]?.split('/')[0],
    origin = client.origin,
    instance = '',
  } = typeof given === 'string' ? { instance: given } : (given ?? {});
  requireText('target.system', system);
  requireText('target.origin', origin);
  if (typeof instance !== 'string') throw new ConfigurationError('target.instance', 'must be a text.');
  return { system: system as string, origin: normalOrigin(origin), instance };
}

export function isSameTarget(one: StartTarget, other: StartTarget): boolean {
  return one.system === other.system && one.origin === other.origin && one.instance === other.instance;
}

export function describeTarget({ system, origin, instance }: StartTarget): string {
  return `${system} at ${origin}${instance === '' ? '' : `, ${instance}`}`;
}

function requireText(field: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw new ConfigurationError(field, 'must be a text that is not empty.');
}

/** The same host in other letters, or with its default port, is the same target. */
function normalOrigin(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  return url === undefined || url.origin === 'null' ? origin : url.origin;
}
