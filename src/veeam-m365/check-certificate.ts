import { ConfigurationError } from '../errors/configuration-error.ts';

/**
 * Refuses what is not a PFX file in base64. The server answers 500 to it, which would not say whether a restore runs.
 * @throws {ConfigurationError} never shows the value
 */
export function checkCertificate(field: string, value: string): void {
  const fault = faultOf(value);
  if (fault !== undefined) throw new ConfigurationError(field, fault);
}

function faultOf(value: string): string | undefined {
  if (value.includes('-----BEGIN')) {
    return 'is PEM text. The server takes a PFX (PKCS #12) file in base64: make one of the certificate and its key with `openssl pkcs12 -export`, and give its bytes in base64.';
  }
  const isPath = /^(?:\.{0,2}|~|[A-Za-z]:)[\\/]/.test(value) || /\.(?:pfx|p12|pem|cer|crt|key)$/i.test(value.trim());
  if (isPath) return 'is the path of a file. Give what is in the PFX (PKCS #12) file, in base64.';
  if (/[\r\n]/.test(value)) return 'holds line breaks. Give the base64 in one line, as `base64 -w0` writes it.';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) {
    return 'is not base64. Give what is in the PFX (PKCS #12) file, in base64.';
  }
  return undefined;
}
