import type { Secret } from '../auth/auth.ts';
import { base64 } from '../auth/base64.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { readSecret } from '../auth/secret-reader.ts';
import type { System } from '../client/system.ts';
import { parseBaseUrl, withoutTrailingSlash } from '../http/base-url.ts';
import { traits } from './traits.ts';

/** Reads a password that is part of a body. From then on it is removed from all errors and events. */
export async function bodySecret({ transport }: System, field: string, secret: Secret): Promise<string> {
  const { redactor } = transport;
  return readSecret(field, requireSecret(field, secret), {
    keepSecret: (value) => redactor.add(value),
    redact: (text) => redactor.text(text),
  });
}

/**
 * The same in Base64. Passwords that EPM Automate encrypted are deprecated since 25.09.
 * @see https://docs.oracle.com/en/cloud/saas/readiness/epm/2025/epm-sep25/25sep-epm-wn-f40756.htm
 */
export async function base64Secret(system: System, field: string, secret: Secret): Promise<string> {
  const encoded = base64(await bodySecret(system, field, secret));
  system.transport.redactor.add(encoded);
  return encoded;
}

/** The address of another environment, as people paste it (OE-24). @throws {ConfigurationError} it is none */
export function environmentUrl(field: string, value: unknown): string {
  const url = parseBaseUrl(field, value, false);
  if (traits.strayPath) url.pathname = url.pathname.replace(traits.strayPath, '');
  return withoutTrailingSlash(url);
}
