/**
 * Runs one of the scripts in this folder twice against an emulated system. The second run starts nothing.
 * `npm run example -- script [cloud-foundry | docspace | oracle-epm | veeam-m365]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from 'restorekit/node';
import {
  cloudFoundryEmulator,
  docspaceCredentials,
  docspaceEmulator,
  oracleEpmEmulator,
  veeamM365Emulator,
} from 'restorekit/testing';

const scenario = { durationMs: 4_000 };
const veeam = {
  emulator: () => veeamM365Emulator({ scenario: { mailboxRestore: { durationMs: 8_000 } } }),
  env: (url: string) => ({ VEEAM_URL: url, VEEAM_PASSWORD: 'secret', EXCHANGE_PASSWORD: 'secret' }),
};
/** The environment variables for the address and the secret of each script. */
const systems = {
  'cloud-foundry': {
    emulator: () => cloudFoundryEmulator({ scenario }),
    env: (url: string) => ({ CF_API: url, CF_PASSWORD: 'secret' }),
  },
  docspace: {
    emulator: () => docspaceEmulator({ scenario }),
    env: (url: string) => ({ DOCSPACE_URL: url, DOCSPACE_API_KEY: docspaceCredentials.apiKey }),
  },
  'oracle-epm': {
    emulator: () => oracleEpmEmulator({ scenario }),
    env: (url: string) => ({ EPM_URL: url, EPM_PASSWORD: 'secret' }),
  },
  'veeam-m365': veeam,
};

const [name = 'cloud-foundry'] = process.argv.slice(2);
if (!Object.hasOwn(systems, name)) throw new Error(`Name one of ${Object.keys(systems).join(', ')}.`);
const { emulator, env } = systems[name as keyof typeof systems];

const folder = mkdtempSync(join(tmpdir(), 'restorekit-script-'));
const store = `file:${folder}/store`;
await openStore(store, { create: true }).list('');
const system = emulator();
const server = await system.listen();
try {
  for (const run of ['first', 'second']) {
    console.log(`The ${run} run of ${name}.ts CHANGE-4711:`);
    const child = spawn(
      process.execPath,
      [...process.execArgv, join(import.meta.dirname, `${name}.ts`), 'CHANGE-4711'],
      {
        env: { ...process.env, ...env(server.url), RESTORE_STORE: store },
        stdio: 'inherit',
      },
    );
    const [code] = await once(child, 'close');
    console.log(`exit code ${code}`);
    process.exitCode ||= Number(code);
  }
  console.log(`Restores that the system has performed: ${system.restores.length}`);
} finally {
  await server.close();
  rmSync(folder, { recursive: true });
}
