import { type SystemName, systemNames } from './systems.ts';

/**
 * The entry points of the package: the name of each and its source. `npm run generate` writes them into package.json and
 * tsconfig.check.json.
 */
const own = {
  index: 'src/index.ts',
  errors: 'src/errors/index.ts',
  operation: 'src/entries/operation.ts',
  'start-once': 'src/start-once/index.ts',
  node: 'src/entries/node.ts',
  testing: 'src/testing/index.ts',
  'testing/msw': 'src/testing/msw.ts',
  terminal: 'src/terminal/index.ts',
  opentelemetry: 'src/opentelemetry/index.ts',
} as const;

export type Entry = keyof typeof own | SystemName;

const { index, errors, operation, ...others } = own;
const systems = Object.fromEntries(systemNames.map((name) => [name, `src/${name}/index.ts`] as const));

export const entries = { index, errors, operation, ...systems, ...others } as Readonly<Record<Entry, string>>;

export const entryNames = Object.keys(entries) as Entry[];

/** What a consumer writes after `from`. */
export function specifierOf(entry: Entry): string {
  return entry === 'index' ? 'restorekit' : `restorekit/${entry}`;
}
