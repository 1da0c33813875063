import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ScenarioBase } from '../../src/testing/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { SpecDocument } from '../specs/spec-document.ts';
import { listedSystems } from '../support/systems.ts';
import { type Stage, wire } from './drivers/driver.ts';
import { SpecChecker } from './spec-checker.ts';
import { type Manner, SpecDriver } from './spec-driver.ts';

type Drive = (stage: Stage) => Promise<void>;

/** A script of one product, beyond what its documents show; a product needs none. */
async function ownDriver(name: string): Promise<Drive | undefined> {
  if (!existsSync(new URL(`./drivers/${name}.ts`, import.meta.url))) return undefined;
  return ((await import(`./drivers/${name}.ts`)) as { readonly drive: Drive }).drive;
}

describe.each(listedSystems.map((system) => [system.title, system] as const))('the emulator of %s', (_, system) => {
  const { product } = system;
  const documents = system.specs.map((name) => new SpecDocument(name));

  /** An emulator in a scenario, each answer of which a checker sees. */
  function stage(scenario: ScenarioBase): Stage & { readonly checkers: readonly SpecChecker[] } {
    const clock = virtualClock();
    const checkers: SpecChecker[] = [];
    const prefix = product.gatewayPrefix?.(scenario) ?? '';
    const open = () => {
      const emulator = product.make({ clock, scenario });
      const checker = new SpecChecker(documents, prefix);
      checkers.push(checker);
      return { emulator, wire: wire(emulator, clock, checker), prefix };
    };
    return { scenario, clock, open, checkers };
  }

  async function drive(scenario: ScenarioBase, manner: Manner): Promise<readonly SpecChecker[]> {
    const { checkers, ...own } = stage(scenario);
    await new SpecDriver({ ...own.open(), documents, product }).run(manner);
    if (manner === 'as-documented') await (await ownDriver(system.name))?.(own);
    return checkers;
  }

  const scenarios = Object.entries(product.scenarios);

  it.each(scenarios.filter(([, { inSpec }]) => inSpec !== false))(
    'answers as its spec says: %s',
    async (_name, scenario) => {
      for (const checker of await drive(scenario, 'as-documented')) {
        expect([...checker.violations]).toEqual([]);
        // A fault that leaves the spec belongs to a scenario that says so.
        expect([...checker.markedViolations]).toEqual([]);
      }
    },
  );

  it.each(scenarios.filter(([, { inSpec }]) => inSpec === false))(
    'leaves its spec only in answers that are marked: %s',
    async (_name, scenario) => {
      const checkers = await drive(scenario, 'as-documented');
      for (const checker of checkers) expect([...checker.violations]).toEqual([]);
      // `inSpec: false` without any such answer would hide a mistake one day.
      expect(checkers.some(({ marked, lost }) => marked + lost > 0)).toBe(true);
    },
  );

  it('answers wrong calls as its spec says', async () => {
    for (const checker of await drive({}, 'in-every-way')) expect([...checker.violations]).toEqual([]);
  });

  it('answers every operation of its spec with what was asked for, in some scenario', async () => {
    const { deviations } = product.make({ clock: virtualClock() });
    const absent = deviations.filter(({ kind }) => kind === 'not-emulated').map(({ operationId }) => operationId);
    const unanswered = new Set(
      documents.flatMap(({ name, operations }) =>
        operations
          .filter(({ operationId }) => !absent.includes(operationId))
          .map(({ operationId }) => `${name} ${operationId}`),
      ),
    );
    expect(unanswered.size).toBeGreaterThan(0);
    for (const [scenario, manner] of [
      [{}, 'as-documented'],
      [{}, 'in-every-way'],
      ...scenarios.map(([, each]) => [each, 'as-documented']),
    ] as [ScenarioBase, Manner][]) {
      if (unanswered.size === 0) break;
      for (const { succeeded } of await drive(scenario, manner)) for (const each of succeeded) unanswered.delete(each);
    }
    expect([...unanswered]).toEqual([]);
  });
});
