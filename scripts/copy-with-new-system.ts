import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const fixtures = join(root, 'test/layers/fixtures');
const notCopied = new Set(['node_modules', '.git', 'dist', '.types', 'coverage']);

export const newSystem = 'harbor-quay';
export const newTitle = 'Harbor Quay';

/** Every file that somebody adds or changes by hand for the made-up system. */
export const addedByHand: readonly string[] = readdirSync(join(fixtures, newSystem), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(join(fixtures, newSystem).length + 1));

/** Makes a copy of the project, with its installed packages. Answers its folder. */
export function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'restorekit-new-system-'));
  cpSync(root, copy, { recursive: true, filter: (source) => !notCopied.has(basename(source)) });
  symlinkSync(realpathSync(join(root, 'node_modules')), join(copy, 'node_modules'));
  return copy;
}

/** What somebody does who adds a system: its folders, its document, and a line in `systems.json`. */
export function addNewSystem(copy: string): void {
  cpSync(join(fixtures, newSystem), copy, { recursive: true });
  const list = join(copy, 'systems.json');
  const text = readFileSync(list, 'utf8');
  writeFileSync(list, text.replace(/"\n\}/, `",\n  "${newSystem}": "${newTitle}"\n}`));
}
