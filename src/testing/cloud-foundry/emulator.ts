import { systemClock } from '../../clock/system-clock.ts';
import { type Answer, connectionReset } from '../answer.ts';
import { chooseScenario } from '../choose-scenario.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import type { Route } from '../route.ts';
import { backupRoutes } from './backup-routes.ts';
import { bindingRoutes } from './binding-routes.ts';
import { invalidToken, unknownRequest } from './errors.ts';
import { Foundation } from './foundation.ts';
import { Gate, isOpen } from './gate.ts';
import { instanceRoutes } from './instance-routes.ts';
import { type CloudFoundryInstance, defaultInstances, spaceOf } from './instances.ts';
import { jobRoute } from './job-route.ts';
import { lastOperationOf } from './last-operation.ts';
import { rootRoutes } from './root-routes.ts';
import type { CloudFoundryScenario } from './scenario.ts';
import { type CloudFoundryScenarioName, cloudFoundryScenarios } from './scenarios.ts';
import { type CloudFoundryAccess, Uaa } from './uaa.ts';

export interface CloudFoundryEmulatorOptions
  extends EmulatorOptions<CloudFoundryScenario | CloudFoundryScenarioName>,
    Partial<CloudFoundryAccess> {
  /** Service instances in addition to the three default ones. */
  readonly serviceInstances?: readonly CloudFoundryInstance[];
}

/** The real state of an instance, independent of the API. */
export interface CloudFoundryInstanceState {
  readonly guid: string;
  readonly name: string;
  /** Name of its space; names of instances are unique in it only. */
  readonly space: string;
  /** 'live data', 'being restored', 'damaged', or what it was restored to: 'backup <id>', 'point in time <time>'. */
  readonly contents: string;
  readonly isBusy: boolean;
  /** Ids of its backups, the newest first. */
  readonly backupIds: readonly string[];
  /** The last operation in the API. */
  readonly lastOperation: ReturnType<typeof lastOperationOf>;
}

export interface CloudFoundryEmulator extends Emulator {
  readonly serviceInstances: readonly CloudFoundryInstanceState[];
}

/**
 * An emulated Cloud Foundry foundation with its own UAA. The user is `admin` with the password `secret`
 * (`credentials`), by the client `cf` with its empty secret; the client `restorekit-ci` has the secret
 * `client-secret` (`clients`). One login works with the passcode `emulated-passcode` (`passcodes`). The UAA trusts the JWTs
 * `emulated.user.assertion` (`assertions`) and, for the client `restorekit-ci`, `emulated.client.assertion`
 * (`clientAssertions`). Access tokens live 1200 s. There are three managed service instances of the organization `acme`: in
 * the space `production` `orders-db` (c89b3280-fe8d-4aa0-a42e-44465bb1c61c) with two backups, two bound apps and a key, and
 * `billing-db` (88ce23e5-27c3-4381-a2df-32a28ec43133) with one backup; in the space `staging` another `orders-db`
 * (4b6d0e72-95c1-4c38-b0f4-7e2a1d9c8f35) with one.
 */
export function cloudFoundryEmulator(options: CloudFoundryEmulatorOptions = {}): CloudFoundryEmulator {
  const clock = options.clock ?? systemClock;
  const scenario: CloudFoundryScenario = chooseScenario<CloudFoundryScenario>(cloudFoundryScenarios, options.scenario);
  const instances = [...defaultInstances, ...(options.serviceInstances ?? [])];
  const foundation = new Foundation(clock, scenario, instances);
  let polls = 0;
  const uaa = new Uaa(
    clock,
    {
      credentials: options.credentials ?? { username: 'admin', password: 'secret' },
      clients: options.clients ?? { cf: '', 'restorekit-ci': 'client-secret' },
      passcodes: options.passcodes ?? ['emulated-passcode'],
      assertions: options.assertions ?? ['emulated.user.assertion'],
      clientAssertions: options.clientAssertions ?? { 'restorekit-ci': 'emulated.client.assertion' },
    },
    scenario.tokens ?? {},
    (grant) => {
      const refused = scenario.faults?.refuseGrants;
      if (!refused?.grants.includes(grant) || !isOpen(refused, foundation, polls)) return undefined;
      return refused.isLocked ? 'locked' : 'refused';
    },
    () => {
      const limit = scenario.faults?.limitTokens;
      return limit && isOpen(limit, foundation, polls) ? limit : undefined;
    },
  );
  const gate = new Gate(foundation, uaa);
  const apiRoutes = [
    ...backupRoutes(foundation),
    jobRoute(foundation),
    ...instanceRoutes(foundation),
    ...bindingRoutes(foundation),
  ];
  const routes = [
    ...rootRoutes(scenario, uaa),
    ...apiRoutes.map(
      (route): Route => ({ ...route, handle: async (call) => stamp(await route.handle(call), call.request, route) }),
    ),
  ];

  /** The headers that each answer of the API carries. */
  function stamp(answer: Answer, request: Request, route?: Route): Answer {
    if (answer === connectionReset) return answer;
    const asked = request.headers.get('x-vcap-request-id');
    answer.headers.set('x-vcap-request-id', [asked ?? foundation.newId(), foundation.newId()].join('::'));
    answer.headers.set('date', new Date(clock.now() + (scenario.clockSkewMs ?? 0)).toUTCString());
    for (const warning of scenario.headerWarnings ?? []) {
      const isHere =
        typeof warning === 'string' ? route?.role === 'start' || route?.role === 'poll' : warning.on === route?.role;
      if (isHere) answer.headers.append('x-cf-warnings', typeof warning === 'string' ? warning : warning.value);
    }
    return answer;
  }

  const emulator = createEmulator({
    clock,
    faults: scenario.faults,
    system: () => ({
      routes,
      restores: foundation.restores,
      guard(call) {
        polls = call.polls;
        const answer = gate.guard(call);
        return answer && stamp(answer, call.request);
      },
      notFound: (request) => stamp(unknownRequest(), request),
      unauthorized: (request) => stamp(invalidToken(), request),
    }),
  });
  return {
    ...emulator,
    get serviceInstances() {
      return instances.map((instance) => ({
        guid: instance.guid,
        name: instance.name,
        space: spaceOf(instance).name,
        contents: foundation.contentsOf(instance),
        isBusy: foundation.isBusy(instance),
        backupIds: foundation.backupsOf(instance).map(({ id }) => id),
        lastOperation: lastOperationOf(foundation, instance),
      }));
    },
  };
}
