/**
 * The package as it ships. By path: `bench` is a package of its own, from which the name `restorekit` leads nowhere.
 */
export const restorekit: typeof import('../../src/entries/operation.ts') = await import(
  new URL('../../dist/operation.js', import.meta.url).href
);
