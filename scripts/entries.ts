/** The entry points of the package by subpath, each with its source. `package.json` says the same (a test compares them). */
export const entries = {
  index: 'src/index.ts',
  errors: 'src/errors/index.ts',
  operation: 'src/entries/operation.ts',
  'oracle-epm': 'src/oracle-epm/index.ts',
  'cloud-foundry': 'src/cloud-foundry/index.ts',
  'veeam-m365': 'src/veeam-m365/index.ts',
  docspace: 'src/docspace/index.ts',
  'start-once': 'src/start-once/index.ts',
  node: 'src/node/index.ts',
  testing: 'src/testing/index.ts',
  'testing/msw': 'src/testing/msw.ts',
  terminal: 'src/terminal/index.ts',
} as const;

export type Entry = keyof typeof entries;

export const entryNames = Object.keys(entries) as Entry[];

/** What a consumer writes after `from`. */
export function specifierOf(entry: Entry): string {
  return entry === 'index' ? 'restorekit' : `restorekit/${entry}`;
}
