import { type OracleEpmEmulatorOptions, oracleEpmEmulator } from '../../../src/testing/oracle-epm/emulator.ts';
import { virtualClock } from '../../../src/testing/virtual-clock.ts';

export const RESTORE = '/interop/rest/v1/services/restoreenvironment';
export const LIST = '/interop/rest/v2/backups/list';
export const COPY = '/interop/rest/v2/backups/restore';
export const BACKUP = '2026-04-23T08:48:06/Environment_Backup';
export const SNAPSHOT = '2026-04-23T08:48:06/Artifact_Snapshot.zip';
const ORIGIN = 'https://epm.example.com';

/** An emulated environment, and plain requests to it as `admin`. */
export function environment(options: Omit<OracleEpmEmulatorOptions, 'clock'> = {}) {
  const clock = virtualClock();
  const emulator = oracleEpmEmulator({ clock, ...options });
  const ask = (method: string, path: string, json?: unknown, userName = 'admin') =>
    emulator.fetch(path.startsWith('https:') ? path : ORIGIN + path, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Basic ${btoa(`${userName}:secret`)}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  /** The address in the link of that name. */
  const linkOf = async (answer: Response, rel = 'Job Status'): Promise<string> => {
    const { links } = (await answer.json()) as { links: { rel: string; href: string }[] };
    return links.find((link) => link.rel === rel)?.href ?? '';
  };
  return { clock, emulator, ask, linkOf };
}
