import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MEASURE = join(import.meta.dirname, '..', 'measure');

/** Runs a measuring process under plain node and answers its line of JSON. */
export function runNode<Figures>(script: string, args: readonly (string | number)[], flags: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, join(MEASURE, script), ...args.map(String)],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} failed: ${stderr.slice(-2_000)}`);
  return JSON.parse(stdout) as Figures;
}
