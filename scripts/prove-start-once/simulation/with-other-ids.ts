import type { Emulator } from '../../../src/testing/emulator.ts';

const UUID_START = /\b[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)/gi;

/**
 * Replaces every UUID in a text by another one; applied twice, it returns the text. Two emulators of one system use the
 * same ids, but two real installations do not.
 */
export function withOtherIds(text: string): string {
  return text.replace(UUID_START, (hex) => {
    const other = (Number.parseInt(hex, 16) ^ 0x5a5a5a5a) >>> 0;
    const spelt = other.toString(16).padStart(8, '0');
    return hex === hex.toUpperCase() && hex !== hex.toLowerCase() ? spelt.toUpperCase() : spelt;
  });
}

export type EmulatedInstallation = Pick<Emulator, 'fetch' | 'restores'>;

/** An installation whose ids differ from those of the emulator. */
export function emulatorWithOtherIds(emulator: EmulatedInstallation): EmulatedInstallation {
  return {
    get restores() {
      return emulator.restores.map((restore) => ({ ...restore, id: withOtherIds(restore.id) }));
    },
    fetch: async (input, init) => {
      const body = typeof init?.body === 'string' ? { body: withOtherIds(init.body) } : {};
      const response = await emulator.fetch(withOtherIds(String(input)), { ...init, ...body });
      const headers = new Headers(response.headers);
      const location = headers.get('location');
      if (location) headers.set('location', withOtherIds(location));
      const text = withOtherIds(await response.text());
      return new Response(text === '' ? null : text, { status: response.status, headers });
    },
  };
}
