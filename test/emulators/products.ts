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
import type { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { driveCloudFoundry } from './drivers/cloud-foundry.ts';
import { driveDocSpace } from './drivers/docspace.ts';
import { wire } from './drivers/driver.ts';
import { driveOracleEpm } from './drivers/oracle-epm.ts';
import { driveVeeam } from './drivers/veeam-m365.ts';
import type { SpecChecker } from './spec-checker.ts';

/** One product: its emulator, its scenarios, and a script of plain requests that uses every call. */
export interface Product<S extends ScenarioBase = ScenarioBase> {
  readonly specs: readonly string[];
  readonly scenarios: Readonly<Record<string, S>>;
  make(clock: VirtualClock, scenario: S): Emulator;
  /** Runs the script; `checkerFor` gives the checker for a path prefix of a gateway. */
  run(scenario: S, clock: VirtualClock, checkerFor: (prefix?: string) => SpecChecker): Promise<void>;
}

const cloudFoundry: Product<CloudFoundryScenario> = {
  specs: ['cloud-foundry'],
  scenarios: cloudFoundryScenarios,
  make: (clock, scenario) => cloudFoundryEmulator({ clock, scenario }),
  run: (scenario, clock, checkerFor) =>
    driveCloudFoundry(wire(cloudFoundryEmulator({ clock, scenario }), clock, checkerFor())),
};

const oracleEpm: Product<OracleEpmScenario> = {
  specs: ['oracle-epm'],
  scenarios: oracleEpmScenarios,
  make: (clock, scenario) => oracleEpmEmulator({ clock, scenario }),
  run(scenario, clock, checkerFor) {
    const prefix = scenario.gatewayPrefix ?? '';
    return driveOracleEpm(wire(oracleEpmEmulator({ clock, scenario }), clock, checkerFor(prefix)), prefix);
  },
};

const docspace: Product<DocSpaceScenario> = {
  specs: ['docspace'],
  scenarios: docspaceScenarios,
  make: (clock, scenario) => docspaceEmulator({ clock, scenario }),
  run: (scenario, clock, checkerFor) => driveDocSpace(wire(docspaceEmulator({ clock, scenario }), clock, checkerFor())),
};

const veeam: Product<VeeamM365Scenario> = {
  specs: ['veeam-m365-v5', 'veeam-m365-v6'],
  scenarios: veeamM365Scenarios,
  make: (clock, scenario) => veeamM365Emulator({ clock, scenario }),
  async run(scenario, clock, checkerFor) {
    for (const version of ['v5', 'v6'] as const) {
      if (scenario.versions && !scenario.versions.includes(version)) continue;
      const emulator = veeamM365Emulator({ clock, scenario });
      await driveVeeam(wire(emulator, clock, checkerFor()), emulator, version);
    }
  },
};

export const products: Readonly<Record<string, Product>> = {
  'Cloud Foundry': cloudFoundry as Product,
  'Oracle EPM': oracleEpm as Product,
  DocSpace: docspace as Product,
  Veeam: veeam as Product,
};
