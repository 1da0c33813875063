import { expect, test } from 'vitest';
import { entryNames, specifierOf } from '../../scripts/entries.ts';
import { makeConsumer, peersOf, run, withMsw } from './consumer.ts';

/** What an import can leave behind in a process; all of it is compared as text. */
const state = `
const state = () => JSON.stringify({
  globals: Reflect.ownKeys(globalThis).map(String).sort(),
  prototypes: [Object, Array, Function, Promise, Error, String, Map].map(({ prototype }) => Reflect.ownKeys(prototype).map(String)),
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  resources: process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|TCP|Pipe/.test(name)),
});`;
/** Node defines some globals when they are first read, so all are read before. */
const touch = 'for (const name of Reflect.ownKeys(globalThis)) void globalThis[name];';
const report = (load: string) => `
${touch}
const before = state();
${load}
console.log(JSON.stringify({ before: JSON.parse(before), after: JSON.parse(state()) }));`;

/** msw is a peer, and what it leaves behind is its own. */
const specifiers = entryNames.filter((entry) => entry !== 'testing/msw').map(specifierOf);

test.each(specifiers)('%s, in ESM and in CommonJS', async (specifier) => {
  const folder = makeConsumer({
    type: 'module',
    peers: peersOf(specifier),
    files: {
      'esm.mjs': { text: `${state}${report(`await import('${specifier}');`)}` },
      'common.cjs': { text: `${state}${report(`require('${specifier}');`)}` },
    },
  });
  for (const file of ['esm.mjs', 'common.cjs']) {
    const { before, after } = JSON.parse(await run(folder, 'node', file));
    expect(after).toEqual(before);
  }
});

test('restorekit/testing/msw, beyond what msw does', async () => {
  const load = `await import('msw'); const own = state(); await import('restorekit/testing/msw');`;
  const text = `${touch}${state}${load}\nconsole.log(JSON.stringify({ before: JSON.parse(own), after: JSON.parse(state()) }));`;
  const folder = makeConsumer({ type: 'module', peers: withMsw, files: { 'esm.mjs': { text } } });
  const { before, after } = JSON.parse(await run(folder, 'node', 'esm.mjs'));
  expect(after).toEqual(before);
});
