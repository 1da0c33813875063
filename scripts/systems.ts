/**
 * The systems that the package knows, and where the parts of each are. `systems.json` is the one list of them: a folder
 * in `src` and in `src/testing`, and the name for people.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import list from '../systems.json' with { type: 'json' };

export type SystemName = keyof typeof list;

export const systemNames = Object.keys(list) as SystemName[];

/** The name of each system for people. */
export const titles: Readonly<Record<SystemName, string>> = list;

const specs = fileURLToPath(new URL('../specs/', import.meta.url));

/** Names of the documents in `specs` of one system: its own name, or one for each version of its API. */
export function specsOf(system: SystemName): readonly string[] {
  return readdirSync(specs)
    .filter((file) => file === `${system}.yaml` || (file.startsWith(`${system}-`) && /-v\d+\.yaml$/.test(file)))
    .map((file) => file.replace(/\.yaml$/, ''))
    .filter((name) => name === system || /^-v\d+$/.test(name.slice(system.length)))
    .sort();
}
