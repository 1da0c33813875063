import { join } from 'node:path';
import { expect, it } from 'vitest';
import { entryNames, specifierOf } from '../../scripts/entries.ts';
import { makeConsumer, peersOf, run } from '../packaging/consumer.ts';

const installed = (name: string) => join(import.meta.dirname, 'node_modules', name);

/** Without the DOM, as a service has it, and with the declarations of the package and of `@types/node` checked too. */
const service = { lib: ['ES2022'], types: ['node'] };
/** Without Node, as a page has it. */
const page = { lib: ['ES2022', 'ESNext.Disposable', 'DOM', 'DOM.Iterable'], types: [] };

/** What needs no Node. msw is an optional peer. */
const anywhere = entryNames.filter((entry) => !['node', 'testing', 'testing/msw'].includes(entry));
const withoutMsw = entryNames.filter((entry) => entry !== 'testing/msw');

const telemetry = peersOf('restorekit/opentelemetry');

const exportAll = (entries: readonly string[]) => ({
  text: entries.map((specifier, index) => `export * as entry${index} from '${specifier}';`).join('\n'),
});

const combinations = [
  ['typescript-5.4', 'types-node-20', service],
  ['typescript-5.4', 'types-node-25', service],
  ['typescript-5.9', 'types-node-20', service],
  ['typescript-5.9', 'types-node-26', service],
  ['typescript-6', 'types-node-20', service],
  ['typescript-6', 'types-node-26', service],
  ['typescript-7', 'types-node-20', service],
  ['typescript-7', 'types-node-26', service],
  ['typescript-5.4', 'no types of Node', page],
  ['typescript-7', 'no types of Node', page],
] as const;

it.each(combinations)('%s with %s', async (typescript, typesOfNode, options) => {
  const isPage = options === page;
  const all = exportAll((isPage ? anywhere : withoutMsw).map(specifierOf));
  const restore = { program: 'restore.ts' };
  const compilerOptions = {
    ...options,
    strict: true,
    noEmit: true,
    target: 'ES2022',
    module: 'NodeNext',
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
  };
  const folder = makeConsumer({
    type: 'module',
    tsconfig: { compilerOptions },
    peers: { ...telemetry, ...(isPage ? {} : { '@types/node': installed(typesOfNode) }) },
    files: {
      'all.mts': all,
      'all.cts': all,
      ...(isPage ? {} : { 'restore.mts': restore, 'restore.cts': restore }),
    },
  });
  expect(await run(folder, 'node', join(installed(typescript), 'bin/tsc'), '--project', '.')).toBe('');
});
