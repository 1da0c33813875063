import { ConfigurationError } from '../errors/configuration-error.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Secret } from './auth.ts';
import { base64Bytes, base64OfBytes } from './base64.ts';
import { requireSecret } from './check-secret.ts';
import { readSecret } from './secret-reader.ts';
import type { TokenStore } from './token-store.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/**
 * Encrypts the records of a token store (AES-256-GCM), so that it may be kept where others can read, such as a shared
 * database. Each process needs the same key, which must be kept elsewhere.
 *
 * @example
 * // openssl rand -base64 32
 * const store = encryptedTokenStore(tableOfTokens, { key: secretFromEnv('TOKEN_KEY') });
 *
 * @param options `key`: 32 random bytes in base64
 * @throws {ConfigurationError} the key is no base64 of 32 bytes; with a function, from each call of the store
 * @throws {StoreError} reason 'damaged', from `read`: the record was written with another key, or for another name
 */
export function encryptedTokenStore(store: TokenStore, options: { readonly key: Secret }): TokenStore {
  const secret = requireSecret('key', options?.key);
  if (typeof secret === 'string') keyBytes(secret);
  const importKey = async () => {
    const bytes = keyBytes(await readSecret('key', secret, { keepSecret: () => undefined }));
    return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  };
  return {
    async read(name) {
      const stored = await store.read(name);
      return stored && { value: await decrypt(await importKey(), name, stored.value), version: stored.version };
    },
    async replace(name, value, version) {
      return store.replace(name, await encrypt(await importKey(), name, value), version);
    },
  };
}

function keyBytes(key: string): Uint8Array<ArrayBuffer> {
  const bytes = base64Bytes(key.trim());
  if (bytes?.length === KEY_BYTES) return bytes;
  throw new ConfigurationError('key', 'must be 32 random bytes in base64, such as of `openssl rand -base64 32`.');
}

/** The name is authenticated too, so that nobody can exchange the records of two logins. */
function algorithm(name: string, iv: Uint8Array<ArrayBuffer>) {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
}

async function encrypt(key: CryptoKey, name: string, value: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(algorithm(name, nonce), key, new TextEncoder().encode(value));
  return `1.${base64OfBytes(nonce)}.${base64OfBytes(new Uint8Array(sealed))}`;
}

async function decrypt(key: CryptoKey, name: string, value: string): Promise<string> {
  const [version, nonce = '', sealed = ''] = value.split('.');
  try {
    const [iv, bytes] = [base64Bytes(nonce), base64Bytes(sealed)];
    if (version !== '1' || !iv || !bytes) throw new Error('It has another format.');
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm(name, iv), key, bytes));
  } catch (cause) {
    throw new StoreError(
      `The record ${name} of the token store cannot be decrypted: it was written with another key, or is damaged.`,
      { reason: 'damaged', cause },
    );
  }
}
