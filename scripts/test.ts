/**
 * Everything that must hold before a change lands, in order, up to the first failure. The last line counts what ran:
 * each test of a vitest project, and one for each other step.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  /** The npm script that it runs. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Counts its tests from the report that vitest writes. */
  readonly isVitest?: boolean;
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly durationMs: number;
}

const steps: readonly Step[] = [
  { name: 'types', script: 'typecheck' },
  { name: 'style', script: 'lint:code' },
  { name: 'layers', script: 'lint:layers' },
  { name: 'nothing unused', script: 'lint:unused' },
  { name: 'specs', script: 'lint:specs' },
  { name: 'generated types', script: 'check:drift' },
  { name: 'promises', script: 'test:unit', args: ['--coverage'], isVitest: true },
  { name: 'build', script: 'build' },
  { name: 'public API', script: 'check:api' },
  { name: 'size', script: 'size' },
  { name: 'package', script: 'check:package' },
  { name: 'consumers', script: 'test:packaging', isVitest: true },
];

const reports = mkdtempSync(join(tmpdir(), 'restorekit-test-'));

function run(step: Step): Outcome {
  console.log(`\n=== ${step.name} (npm run ${step.script})`);
  const report = join(reports, `${step.script.replace(':', '-')}.json`);
  const reporting = step.isVitest ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const startedAt = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', step.script, '--', ...(step.args ?? []), ...reporting], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // npm would end the output of a failed step with a JSON document of its own.
    env: { ...process.env, npm_config_json: 'false' },
  });
  const durationMs = performance.now() - startedAt;
  const counts = step.isVitest ? countOf(report) : undefined;
  const passed = counts?.passed ?? (status === 0 ? 1 : 0);
  const failed = counts?.failed ?? 0;
  return { passed, failed: status === 0 ? failed : Math.max(1, failed), skipped: counts?.skipped ?? 0, durationMs };
}

function countOf(report: string): Omit<Outcome, 'durationMs'> {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const outcomes: Outcome[] = [];
for (const step of steps) {
  const outcome = run(step);
  outcomes.push(outcome);
  if (outcome.failed > 0) break;
}
rmSync(reports, { recursive: true });

console.log(`\n${'step'.padEnd(18)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(9)}`);
steps.forEach(({ name }, index) => {
  const outcome = outcomes[index];
  const cells = outcome
    ? [String(outcome.passed), String(outcome.failed), (outcome.durationMs / 1000).toFixed(1)]
    : ['-', '-', 'not run'];
  console.log(`${name.padEnd(18)}${cells[0]?.padStart(8)}${cells[1]?.padStart(8)}${cells[2]?.padStart(9)}`);
});

const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
const skipped = sum('skipped');
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
