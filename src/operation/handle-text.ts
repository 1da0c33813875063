import { HandleError } from '../errors/handle-error.ts';
import type { OperationHandle } from './operation.ts';

const PREFIX = 'rk1_';
const CHECK_LENGTH = 6;

/**
 * Writes a handle as one line that can be copied through a shell, a chat message or a CI variable: `rk1_`, a checksum
 * of six characters, and the JSON in URL-safe Base64. `resume` takes it like the JSON.
 */
export function handleToText(handle: OperationHandle): string {
  const bytes = new TextEncoder().encode(JSON.stringify(handle));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const encoded = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `${PREFIX}${checkOf(encoded)}${encoded}`;
}

/**
 * Reads the JSON of a handle from either text form. The content is not checked here.
 * @throws {HandleError} the text was truncated or changed, or is no handle
 */
export function handleFromText(text: string): unknown {
  const trimmed = text.trim();
  try {
    if (trimmed.startsWith('{')) return JSON.parse(trimmed);
    if (trimmed.startsWith('"')) {
      throw new HandleError('text', 'is JSON that holds a text: it was written as JSON twice. Read it as JSON once.');
    }
    const [, newer] = /^(rk\d+_)/.exec(trimmed) ?? [];
    if (newer !== undefined && newer !== PREFIX) {
      throw new HandleError('text', `begins with ${newer}, but this version reads only ${PREFIX}. Update the package.`);
    }
    if (!trimmed.startsWith(PREFIX))
      throw new HandleError('text', `must begin with ${PREFIX}, or be the JSON of a handle.`);
    const check = trimmed.slice(PREFIX.length, PREFIX.length + CHECK_LENGTH);
    const encoded = trimmed.slice(PREFIX.length + CHECK_LENGTH);
    if (checkOf(encoded) !== check)
      throw new HandleError('text', 'was truncated or changed; copy the whole text again.');
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))));
  } catch (error) {
    if (HandleError.isInstance(error)) throw error;
    throw new HandleError('text', 'is not readable; use the handle as it was saved.', { cause: error });
  }
}

/** FNV-1a is enough to notice a truncated copy. */
function checkOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return (hash % 36 ** CHECK_LENGTH).toString(36).padStart(CHECK_LENGTH, '0');
}
