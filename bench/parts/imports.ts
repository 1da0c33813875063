import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import type { ImportRow } from '../figures.ts';
import { ROOT } from '../support/ensure-built.ts';
import { median } from '../support/median.ts';

const PROCESSES = 15;

/** The example CLI as JavaScript, so that no compiler is measured. */
const CLI = 'node_modules/.cache/restorekit/cli.mjs';

const ours: Readonly<Record<string, string>> = {
  'restorekit (ESM)': `import './dist/index.js'`,
  'restorekit (CommonJS)': `require('./dist/index.cjs')`,
  'restorekit/operation': `import './dist/operation.js'`,
  'restorekit/docspace': `import './dist/docspace.js'`,
  'restorekit and restorekit/terminal': `import './dist/index.js'; import './dist/terminal.js'`,
  'restorekit and restorekit/start-once': `import './dist/index.js'; import './dist/start-once.js'`,
  'commander and restorekit/cloud-foundry': `import 'commander'; import './dist/cloud-foundry.js'`,
  'examples/cli --help': `process.argv.push('cli', '--help'); await import('./${CLI}')`,
};
const ofThisFolder: Readonly<Record<string, string>> = { commander: `import 'commander'` };
const peers: Readonly<Record<string, string>> = {
  'p-wait-for': `import 'p-wait-for'`,
  'openapi-fetch': `import 'openapi-fetch'`,
  'util-waiter': `import '@smithy/util-waiter'`,
  'core-lro': `import '@azure/core-lro'`,
  'core-lro and its pipeline': `import '@azure/core-lro'; import '@azure-rest/core-client'`,
  'oci-common': `import 'oci-common'`,
  'google-gax': `import 'google-gax'`,
};

/** Wall time would depend on what else the machine does. */
const TELL_CPU_TIME = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write('cpu ' + (user + system));
});`;

/** Uses new processes in turns, so that a busy moment of the machine affects all of them. */
export function measureImports(): ImportRow[] {
  const source = readFileSync(join(ROOT, 'examples/cli/main.ts'), 'utf8');
  mkdirSync(dirname(join(ROOT, CLI)), { recursive: true });
  writeFileSync(join(ROOT, CLI), transformSync(source, { loader: 'ts', format: 'esm', target: 'es2022' }).code);
  const targets = [
    { what: 'an empty process', isOurs: false, code: '', cwd: ROOT },
    ...Object.entries(ours).map(([what, code]) => ({ what, isOurs: true, code, cwd: ROOT })),
    ...Object.entries(ofThisFolder).map(([what, code]) => ({ what, isOurs: false, code, cwd: ROOT })),
    ...Object.entries(peers).map(([what, code]) => ({ what, isOurs: false, code, cwd: join(ROOT, 'bench') })),
  ].map((target) => ({ ...target, times: [] as number[] }));
  // The first turn only fills the disk cache.
  for (let turn = 0; turn <= PROCESSES; turn += 1) {
    for (const { code, cwd, times } of targets) {
      const type = code.startsWith('require') ? 'commonjs' : 'module';
      const args = [`--input-type=${type}`, '--eval', `${TELL_CPU_TIME}${code}`];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
      const [, microseconds] = /cpu (\d+)/.exec(stderr) ?? [];
      if (status !== 0 || microseconds === undefined) throw new Error(`${code} failed: ${stderr}`);
      if (turn > 0) times.push(Number(microseconds) / 1_000);
    }
  }
  const [empty, ...rest] = targets.map(({ what, isOurs, times }) => ({ what, isOurs, ms: median(times) }));
  return rest.map((row) => ({ ...row, ms: row.ms - (empty?.ms ?? 0) }));
}
