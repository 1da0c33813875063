/**
 * Everything that must hold before a change lands. Stages run in order, up to the first that fails; the steps of a stage run
 * side by side. The last line counts what ran: each test of a vitest project, and one for each other step.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  /** The npm script that it runs. */
  readonly script: string;
  /** Counts its tests from the report that vitest writes. */
  readonly isVitest?: boolean;
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly durationMs: number;
}

/** Most of them use one core each, and vitest takes all that there are. */
const AT_ONCE = 2;

const stages: readonly (readonly Step[])[] = [
  [
    // The longest first, so that the others fill the time of the second core.
    { name: 'types', script: 'typecheck' },
    { name: 'build', script: 'build' },
    { name: 'style', script: 'lint:code' },
    { name: 'layers', script: 'lint:layers' },
    { name: 'nothing unused', script: 'lint:unused' },
    { name: 'specs', script: 'lint:specs' },
    { name: 'generated files', script: 'check:drift' },
  ],
  [{ name: 'promises', script: 'test:unit', isVitest: true }],
  [
    { name: 'package', script: 'check:package' },
    { name: 'public API', script: 'check:api' },
    { name: 'size', script: 'size' },
  ],
  [{ name: 'consumers', script: 'test:packaging', isVitest: true }],
];

const reports = mkdtempSync(join(tmpdir(), 'restorekit-test-'));

async function run(step: Step, isAlone: boolean): Promise<Outcome> {
  const title = `\n=== ${step.name} (npm run ${step.script})`;
  if (isAlone) console.log(title);
  const report = join(reports, `${step.script.replace(':', '-')}.json`);
  const reporting = step.isVitest ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const startedAt = performance.now();
  const { status, output } = await npmRun([step.script, '--', ...reporting], isAlone);
  const durationMs = performance.now() - startedAt;
  // What runs side by side is shown one after the other.
  if (!isAlone) console.log(`${title}\n${output.trimEnd()}`);
  const counts = step.isVitest ? countOf(report) : undefined;
  const passed = counts?.passed ?? (status === 0 ? 1 : 0);
  const failed = counts?.failed ?? 0;
  return { passed, failed: status === 0 ? failed : Math.max(1, failed), skipped: counts?.skipped ?? 0, durationMs };
}

function npmRun(args: readonly string[], isShown: boolean): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const output = isShown ? 'inherit' : 'pipe';
    const child = spawn('npm', ['run', '--silent', ...args], {
      stdio: ['ignore', output, output],
      // npm would end the output of a failed step with a JSON document of its own.
      env: { ...process.env, npm_config_json: 'false' },
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output: Buffer.concat(chunks).toString() }));
  });
}

function countOf(report: string): Omit<Outcome, 'durationMs'> {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const outcomes = new Map<Step, Outcome>();
const startedAt = performance.now();
for (const stage of stages) {
  const waiting = [...stage];
  const next = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const outcome = await run(step, stage.length === 1);
      outcomes.set(step, outcome);
      if (outcome.failed > 0) waiting.length = 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  if (stage.some((step) => (outcomes.get(step)?.failed ?? 1) > 0)) break;
}
rmSync(reports, { recursive: true });

console.log(`\n${'step'.padEnd(18)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(9)}`);
for (const step of stages.flat()) {
  const outcome = outcomes.get(step);
  const cells = outcome
    ? [String(outcome.passed), String(outcome.failed), (outcome.durationMs / 1000).toFixed(1)]
    : ['-', '-', 'not run'];
  console.log(`${step.name.padEnd(18)}${cells[0]?.padStart(8)}${cells[1]?.padStart(8)}${cells[2]?.padStart(9)}`);
}
console.log(`${'in all'.padEnd(34)}${((performance.now() - startedAt) / 1000).toFixed(1).padStart(9)}`);

const sum = (key: 'passed' | 'failed' | 'skipped') => [...outcomes.values()].reduce((all, one) => all + one[key], 0);
const skipped = sum('skipped');
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
