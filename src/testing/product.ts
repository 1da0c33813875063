import type { Clock } from '../clock/clock.ts';
import type { Emulator, ScenarioBase } from './emulator.ts';

/** A plain request: the body of a 200 as JSON, or undefined where no such answer comes. */
export type AskPlainly = (
  method: 'GET' | 'POST',
  /** A path of the product, or a whole address. */
  where: string,
  sent?: { readonly form?: Readonly<Record<string, string>>; readonly headers?: Readonly<Record<string, string>> },
) => Promise<unknown>;

/** What the tests that hold for every emulator need of one. Each has a `product.ts`, which no entry point exports. */
export interface Product<S extends ScenarioBase = ScenarioBase> {
  readonly scenarios: Readonly<Record<string, S>>;
  /** Its emulator; `secret` is the credential of whoever logs in, where it is not the usual one. */
  make(options: { readonly clock: Clock; readonly scenario?: S; readonly secret?: string }): Emulator;
  /** Logs in with the usual credential, by plain requests: the headers that the calls then carry. */
  logIn(ask: AskPlainly): Promise<Readonly<Record<string, string>>>;
  /** Bodies that fit the data of the emulator, by operation, where the samples of the document do not. */
  readonly bodies?: Readonly<Record<string, readonly object[]>>;
  /** Path of a gateway before every path of the product. */
  gatewayPrefix?(scenario: S): string | undefined;
}
