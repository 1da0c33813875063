import type { Clock } from '../clock/clock.ts';
import type { Emulator, ScenarioBase } from './emulator.ts';

/** Sends a plain request. Returns the body of a 200 as JSON, otherwise undefined. */
export type AskPlainly = (
  method: 'GET' | 'POST',
  /** A path of the product, or a whole address. */
  where: string,
  sent?: { readonly form?: Readonly<Record<string, string>>; readonly headers?: Readonly<Record<string, string>> },
) => Promise<unknown>;

/** What tests for all emulators need from each. Each emulator has a `product.ts`, which no entry point exports. */
export interface Product<S extends ScenarioBase = ScenarioBase> {
  readonly scenarios: Readonly<Record<string, S>>;
  /** Makes the emulator. `secret` is the credential of the login, if it is not the usual one. */
  make(options: { readonly clock: Clock; readonly scenario?: S; readonly secret?: string }): Emulator;
  /** Logs in with the usual credential by plain requests. Returns the headers for other calls. */
  logIn(ask: AskPlainly): Promise<Readonly<Record<string, string>>>;
  /** Bodies by operation that fit the data of the emulator, if the samples of the document do not. */
  readonly bodies?: Readonly<Record<string, readonly object[]>>;
  /** Paths by operation, for parameters that no answer names. */
  readonly paths?: Readonly<Record<string, string>>;
  /**
   * Whether only the product's own script calls an operation with good input, because it needs ids that go together.
   * @default none
   */
  isScripted?(operationId: string): boolean;
  /** Path prefix of a gateway. */
  gatewayPrefix?(scenario: S): string | undefined;
}
