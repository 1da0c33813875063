/**
 * Adds the made-up system of `test/layers/fixtures` to a copy of the project, by nothing but its two folders, its document
 * and its line in `systems.json`, and checks that everything takes it up: types, lint, build, exports, sizes, the report of
 * the API, the tests of every system. `test/layers` has the part of it that is fast.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addNewSystem, copyProject, newSystem, newTitle } from './copy-with-new-system.ts';

const copy = copyProject();
addNewSystem(copy);

function run(what: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${what} failed in ${copy}\n${stdout}\n${stderr}`);
  console.log(`ok  ${what}`);
  return stdout;
}

function check(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`Not so in ${copy}: ${what}`);
  console.log(`ok  ${what}`);
}

const npm = (script: string, ...args: readonly string[]) =>
  run(`npm run ${script}`, 'npm', 'run', '-s', script, '--', ...args);

npm('generate');
npm('check:drift');
npm('typecheck');
npm('lint');
npm('build');
npm('api');
check('api/ has its report', existsSync(join(copy, `api/${newSystem}.md`)));
const sizes = npm('size');
check('the size table has its row', sizes.includes(`${newTitle} with waiting`));

const tests = join(copy, 'report.json');
npm(
  'test:unit',
  ...['test/security', 'test/specs', 'test/emulators/every-answer', 'test/emulators/every-route'],
  ...['--testNamePattern', `${newTitle}|${newSystem}`, '--reporter=json', `--outputFile.json=${tests}`],
);
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}
const report: Report = JSON.parse(readFileSync(tests, 'utf8'));
for (const { name, assertionResults } of report.testResults) {
  const passed = assertionResults.filter(({ status }) => status === 'passed').length;
  if (passed > 0) console.log(`ok  ${passed} of its tests in ${name.slice(copy.length + 1)}`);
}
for (const folder of ['test/security/', 'test/specs/', 'test/emulators/']) {
  const passed = report.testResults.filter(({ name, assertionResults }) => {
    return name.includes(folder) && assertionResults.some(({ status }) => status === 'passed');
  });
  check(`tests of ${folder} take it up`, passed.length > 0);
}

// Its words are those of a vendor from now on, wherever they come from: here a field of its document.
const room = join(copy, 'src/http/answer.ts');
writeFileSync(room, `${readFileSync(room, 'utf8')}// quayError\n`);
const noVendor = ['vitest', 'run', '--project', 'unit', 'test/layers/no-shared', '--testNamePattern', 'http/answer.ts'];
const refused = spawnSync('npx', noVendor, { cwd: copy, encoding: 'utf8' });
check('a shared file that knows it is refused', refused.status === 1 && refused.stderr.includes('field: quayError'));

// As a consumer has it: by the name of the package, from dist.
mkdirSync(join(copy, 'consumer/node_modules'), { recursive: true });
symlinkSync(copy, join(copy, 'consumer/node_modules/restorekit'));
for (const [file, text] of [
  ['esm.mjs', `import { HarborQuayClient } from 'restorekit/${newSystem}'; import * as root from 'restorekit';`],
  [
    'common.cjs',
    `const { HarborQuayClient } = require('restorekit/${newSystem}'); const root = require('restorekit');`,
  ],
] as const) {
  const print = 'if (root.HarborQuayClient !== HarborQuayClient) throw new Error("The root has another one.");';
  writeFileSync(join(copy, 'consumer', file), `${text}\n${print}\n`);
  run(`${file} imports it`, process.execPath, join('consumer', file));
}
rmSync(copy, { recursive: true });
