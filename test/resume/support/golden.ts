import { readdirSync, readFileSync } from 'node:fs';
import type { OperationHandle } from '../../../src/operation/index.ts';

/** A handle as version 1 of the format was written. Never changed: what somebody has saved does not change either. */
export interface Golden {
  readonly name: string;
  readonly handle: OperationHandle;
  /** The same in its one-line form. */
  readonly text: string;
  /** What the result tells at the end beside its `aftermath`, as JSON. */
  readonly result: Readonly<Record<string, unknown>>;
}

const folder = `${import.meta.dirname}/../golden`;

export const goldens: readonly Golden[] = readdirSync(folder).map((file) => ({
  name: file.replace(/\.json$/, ''),
  ...JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')),
}));

/** The forms in which a handle may have been saved. */
export function savedForms({ handle, text }: Golden) {
  return [
    ['the object', handle],
    ['its JSON', JSON.stringify(handle)],
    ['its JSON, indented', `${JSON.stringify(handle, null, 2)}\n`],
    ['its text', text],
    ['its text, copied with space around it', `  ${text}\n`],
  ] as const;
}
