import type { ClientOptions } from 'restorekit';
import type { Emulator, VirtualClock } from 'restorekit/testing';
import type { SampleCalls, SampleClient } from '../../src/client/sample-calls.ts';
import { listedSystems } from '../support/systems.ts';

export const BASE = 'https://system.example.org';

export interface SystemUnderTest extends Pick<SampleCalls, 'loginElsewhere' | 'namesAddresses'> {
  readonly emulator: Emulator;
  connect(options: Partial<ClientOptions>): SampleClient;
}

type MakeSystem = (clock: VirtualClock, secret: string) => SystemUnderTest;

/** A client of each kind in front of an emulator, with `secret` as its credential. */
export const systems: Readonly<Record<string, MakeSystem>> = Object.fromEntries(
  listedSystems.flatMap(({ sampleCalls, product }) =>
    Object.entries(sampleCalls).map(([name, sample]): [string, MakeSystem] => [
      name,
      (clock, secret) => {
        const emulator = product.make({ clock, secret });
        const auth = sample.login(secret);
        const { loginElsewhere, namesAddresses = true } = sample;
        return {
          emulator,
          ...(loginElsewhere ? { loginElsewhere } : {}),
          namesAddresses,
          connect: (options) => sample.connect({ baseUrl: BASE, auth, clock, fetch: emulator.fetch, ...options }),
        };
      },
    ]),
  ),
);

/** The same clients, with a credential that takes no login. */
export const clientsWithoutLogin: Readonly<Record<string, (options: Partial<ClientOptions>) => SampleClient>> =
  Object.fromEntries(
    listedSystems.flatMap(({ sampleCalls }) =>
      Object.entries(sampleCalls).map(([name, sample]) => [
        name,
        (options) => sample.connect({ baseUrl: BASE, auth: sample.withoutLogin('sk-token-4711'), ...options }),
      ]),
    ),
  );
