import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ImportRow } from '../figures.ts';
import { ROOT } from '../support/ensure-built.ts';
import { median } from '../support/median.ts';

const PROCESSES = 15;

const ours: Readonly<Record<string, string>> = {
  'restorekit (ESM)': `import './dist/index.js'`,
  'restorekit (CommonJS)': `require('./dist/index.cjs')`,
  'restorekit/operation': `import './dist/operation.js'`,
  'restorekit/docspace': `import './dist/docspace.js'`,
};
const peers: Readonly<Record<string, string>> = {
  'p-wait-for': `import 'p-wait-for'`,
  'openapi-fetch': `import 'openapi-fetch'`,
  'util-waiter': `import '@smithy/util-waiter'`,
  'core-lro': `import '@azure/core-lro'`,
  'core-lro and its pipeline': `import '@azure/core-lro'; import '@azure-rest/core-client'`,
  'oci-common': `import 'oci-common'`,
  'google-gax': `import 'google-gax'`,
};

/** Uses new processes in turns, so that a busy moment of the machine affects all of them. */
export function measureImports(): ImportRow[] {
  const targets = [
    { what: 'an empty process', isOurs: false, code: '', cwd: ROOT },
    ...Object.entries(ours).map(([what, code]) => ({ what, isOurs: true, code, cwd: ROOT })),
    ...Object.entries(peers).map(([what, code]) => ({ what, isOurs: false, code, cwd: join(ROOT, 'bench') })),
  ].map((target) => ({ ...target, times: [] as number[] }));
  // The first turn only fills the disk cache.
  for (let turn = 0; turn <= PROCESSES; turn += 1) {
    for (const { code, cwd, times } of targets) {
      const type = code.startsWith('require') ? 'commonjs' : 'module';
      const startedAt = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [`--input-type=${type}`, '--eval', code], { cwd });
      if (status !== 0) throw new Error(`${code} failed: ${stderr}`);
      if (turn > 0) times.push(performance.now() - startedAt);
    }
  }
  const [empty, ...rest] = targets.map(({ what, isOurs, times }) => ({ what, isOurs, ms: median(times) }));
  return rest.map((row) => ({ ...row, ms: row.ms - (empty?.ms ?? 0) }));
}
