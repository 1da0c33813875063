import { specsOf, systemNames, titles } from '../../scripts/systems.ts';
import type { SampleCalls } from '../../src/client/sample-calls.ts';
import type { Product } from '../../src/testing/product.ts';

/** One system of `systems.json`, as the tests that hold for all of them see it. */
export interface ListedSystem {
  readonly name: string;
  /** The name for people. */
  readonly title: string;
  /** Names of its documents in `specs`. */
  readonly specs: readonly string[];
  /** What its clients offer, by the name of each client for people. */
  readonly sampleCalls: Readonly<Record<string, SampleCalls>>;
  readonly product: Product;
  /** What the root entry point exports of it. */
  readonly rootExports: Readonly<Record<string, unknown>>;
}

export const listedSystems: readonly ListedSystem[] = await Promise.all(
  systemNames.map(async (name) => {
    const client = (await import(`../../src/${name}/sample-calls.ts`)) as Pick<ListedSystem, 'sampleCalls'>;
    const emulator = (await import(`../../src/testing/${name}/product.ts`)) as Pick<ListedSystem, 'product'>;
    const rootExports = (await import(`../../src/${name}/root-exports.ts`)) as Readonly<Record<string, unknown>>;
    return { name, rootExports, title: titles[name], specs: specsOf(name), ...client, ...emulator };
  }),
);
