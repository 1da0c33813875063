import { ConfigurationError } from '../errors/configuration-error.ts';
import { markNeverLeft } from '../errors/never-left.ts';

const FIELD = 'fingerprint256';

/**
 * Reads SHA-256 fingerprints in the usual notations and returns each as 64 lower-case hex digits.
 * @throws {ConfigurationError} one of them is no SHA-256 fingerprint
 */
export function parseFingerprints(value: unknown): readonly string[] {
  const fingerprints: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (fingerprints.length === 0) throw new ConfigurationError(FIELD, 'must hold at least one fingerprint.');
  return fingerprints.map((one) => {
    // `openssl x509 -fingerprint` prints `sha256 Fingerprint=AA:BB:...`.
    const hex = typeof one === 'string' ? one.replace(/^\s*sha256 fingerprint=/i, '').replaceAll(/[\s:]/g, '') : '';
    if (/^[0-9a-f]{40}$/i.test(hex)) {
      throw new ConfigurationError(FIELD, 'is a SHA-1 thumbprint; use the SHA-256 fingerprint.');
    }
    if (!/^[0-9a-f]{64}$/i.test(hex)) {
      throw new ConfigurationError(FIELD, 'must be 64 hex digits, with colons or without.');
    }
    return hex.toLowerCase();
  });
}

/** Formats a fingerprint as browsers and openssl show it. */
function formatFingerprint(hex: string): string {
  return (hex.match(/../g) ?? []).join(':').toUpperCase();
}

/**
 * Says why a server is not the pinned one; undefined if it is.
 * @param shown the fingerprint of its certificate in the notation of the runtime; undefined if it sent no certificate
 */
export function pinProblem(server: string, shown: string | undefined, pins: readonly string[]): string | undefined {
  const hex = shown?.replaceAll(':', '').toLowerCase();
  if (hex !== undefined && pins.includes(hex)) return undefined;
  const pinned = pins.map(formatFingerprint).join(' or ');
  return hex === undefined
    ? `${server} showed no certificate, and ${pinned} is pinned`
    : `The certificate of ${server} has the SHA-256 fingerprint ${formatFingerprint(hex)}, and ${pinned} is pinned`;
}

/** The error of a connection that was closed before a byte of the request was sent. */
export function notPinned(problem: string): Error {
  return markNeverLeft(Object.assign(new Error(problem), { code: 'CERTIFICATE_NOT_PINNED' }), problem);
}
