import { describe, expect, it } from 'vitest';
import { cloudFoundryEmulator } from '../../src/testing/cloud-foundry/emulator.ts';
import type { CloudFoundryScenario } from '../../src/testing/cloud-foundry/scenario.ts';
import { cloudFoundryScenarios } from '../../src/testing/cloud-foundry/scenarios.ts';
import { docspaceEmulator } from '../../src/testing/docspace/emulator.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import { docspaceScenarios } from '../../src/testing/docspace/scenarios.ts';
import type { Emulator, ScenarioBase } from '../../src/testing/emulator.ts';
import { oracleEpmEmulator } from '../../src/testing/oracle-epm/emulator.ts';
import type { OracleEpmScenario } from '../../src/testing/oracle-epm/scenario.ts';
import { oracleEpmScenarios } from '../../src/testing/oracle-epm/scenarios.ts';
import { veeamM365Emulator } from '../../src/testing/veeam-m365/emulator.ts';
import type { VeeamM365Scenario } from '../../src/testing/veeam-m365/scenario.ts';
import { veeamM365Scenarios } from '../../src/testing/veeam-m365/scenarios.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';
import { SpecDocument, type SpecName } from '../specs/spec-document.ts';
import { driveCloudFoundry } from './drivers/cloud-foundry.ts';
import { driveDocSpace } from './drivers/docspace.ts';
import { wire } from './drivers/driver.ts';
import { driveOracleEpm } from './drivers/oracle-epm.ts';
import { driveVeeam } from './drivers/veeam-m365.ts';
import { SpecChecker } from './spec-checker.ts';

interface Product<S extends ScenarioBase> {
  readonly specs: readonly SpecName[];
  readonly scenarios: Readonly<Record<string, S>>;
  /** Operations of the documents that no emulator has: nothing in the package calls them. */
  readonly notEmulated: readonly string[];
  /** Routes beyond the documents. */
  readonly beyond: readonly string[];
  run(scenario: S, clock: VirtualClock, checkerFor: (prefix?: string) => SpecChecker): Promise<Emulator>;
}

const products = {
  'Cloud Foundry': {
    specs: ['cloud-foundry'],
    scenarios: cloudFoundryScenarios,
    notEmulated: [],
    beyond: ['getV3Root'],
    async run(scenario: CloudFoundryScenario, clock, checkerFor) {
      const emulator = cloudFoundryEmulator({ clock, scenario });
      await driveCloudFoundry(wire(emulator, clock, checkerFor()));
      return emulator;
    },
  } satisfies Product<CloudFoundryScenario>,
  'Oracle EPM': {
    specs: ['oracle-epm'],
    scenarios: oracleEpmScenarios,
    notEmulated: [
      'oracle-epm createToken',
      'oracle-epm getDailyMaintenance',
      'oracle-epm listFiles',
      'oracle-epm runDailyMaintenance',
      'oracle-epm setDailyMaintenanceStartTime',
    ],
    beyond: [],
    async run(scenario: OracleEpmScenario, clock, checkerFor) {
      const emulator = oracleEpmEmulator({ clock, scenario });
      const prefix = scenario.gatewayPrefix ?? '';
      await driveOracleEpm(wire(emulator, clock, checkerFor(prefix)), prefix);
      return emulator;
    },
  } satisfies Product<OracleEpmScenario>,
  DocSpace: {
    specs: ['docspace'],
    scenarios: docspaceScenarios,
    notEmulated: [],
    beyond: ['createApiKey', 'getApiKey', 'getApiKeys'],
    async run(scenario: DocSpaceScenario, clock, checkerFor) {
      const emulator = docspaceEmulator({ clock, scenario });
      await driveDocSpace(wire(emulator, clock, checkerFor()));
      return emulator;
    },
  } satisfies Product<DocSpaceScenario>,
  Veeam: {
    specs: ['veeam-m365-v5', 'veeam-m365-v6'],
    scenarios: veeamM365Scenarios,
    notEmulated: [],
    beyond: ['getRestoreSessionOrganization'],
    async run(scenario: VeeamM365Scenario, clock, checkerFor) {
      let last = veeamM365Emulator({ clock, scenario });
      for (const version of ['v5', 'v6'] as const) {
        if (scenario.versions && !scenario.versions.includes(version)) continue;
        last = veeamM365Emulator({ clock, scenario });
        await driveVeeam(wire(last, clock, checkerFor()), last, version);
      }
      return last;
    },
  } satisfies Product<VeeamM365Scenario>,
} as Record<string, Product<ScenarioBase>>;

describe.each(Object.entries(products))('the emulator of %s', (_, product) => {
  const documents = product.specs.map((name) => new SpecDocument(name));
  const answered = new Set<string>();
  const routed = new Set<string>();
  const inSpec = Object.entries(product.scenarios).filter(([, scenario]) => scenario.inSpec !== false);

  it.each(inSpec)('answers as its spec says: %s', async (_name, scenario) => {
    const checkers: SpecChecker[] = [];
    const emulator = await product.run(scenario, virtualClock(), (prefix) => {
      const checker = new SpecChecker(documents, prefix);
      checkers.push(checker);
      return checker;
    });
    for (const checker of checkers) {
      expect([...checker.violations]).toEqual([]);
      for (const operation of checker.answered) answered.add(operation);
    }
    for (const { operationId } of emulator.requests) if (operationId !== undefined) routed.add(operationId);
  });

  it('has answered every operation of its spec', () => {
    const all = documents.flatMap(({ name, operations }) =>
      operations.map(({ operationId }) => `${name} ${operationId}`),
    );
    expect(all.filter((operation) => !answered.has(operation)).sort()).toEqual(product.notEmulated);
  });

  it('has no route that its spec does not know, but those beyond the restore', () => {
    const known = documents.flatMap(({ operations }) => operations.map(({ operationId }) => operationId));
    expect(
      [...routed].filter((operation) => !known.includes(operation) && !product.beyond.includes(operation)),
    ).toEqual([]);
  });
});
