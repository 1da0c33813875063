import type { Clock } from '../clock/clock.ts';
import type { Emulator, ScenarioBase } from './emulator.ts';

/** What the tests that hold for every emulator need of one. Each has a `product.ts`, which no entry point exports. */
export interface Product<S extends ScenarioBase = ScenarioBase> {
  readonly scenarios: Readonly<Record<string, S>>;
  /** Its emulator; `secret` is the credential of whoever logs in, where it is not the usual one. */
  make(options: { readonly clock: Clock; readonly scenario?: S; readonly secret?: string }): Emulator;
}
