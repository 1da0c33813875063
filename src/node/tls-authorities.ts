import { X509Certificate } from 'node:crypto';
import { ConfigurationError } from '../errors/configuration-error.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * Reads the certificates of PEM texts, one or more in each. Texts that OpenSSL would silently ignore are refused.
 * @throws {ConfigurationError} a text holds no certificate, or one that cannot be read
 */
export function parseAuthorities(ca: unknown): readonly string[] {
  const certificates: readonly unknown[] = Array.isArray(ca) ? ca : [ca];
  const found = certificates.map((one) =>
    typeof one === 'string' ? [...one.matchAll(BLOCK)].map(([block]) => block) : [],
  );
  if (found.length === 0 || found.some((blocks) => blocks.length === 0)) {
    throw new ConfigurationError('ca', 'must be the text of a PEM file: -----BEGIN CERTIFICATE----- and so on.');
  }
  return found.flat().map((block) => {
    try {
      return new X509Certificate(block).toString();
    } catch (cause) {
      throw new ConfigurationError('ca', 'holds a certificate that cannot be read.', { cause });
    }
  });
}
