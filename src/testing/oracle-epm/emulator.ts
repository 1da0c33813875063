import { systemClock } from '../../clock/system-clock.ts';
import { chooseScenario } from '../choose-scenario.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import { matchRoute, type Route } from '../route.ts';
import { createGate, type OracleEpmAccess, refusedLogin } from './access.ts';
import { errorAnswer } from './answers.ts';
import { defaultBackups, type OracleEpmBackup } from './backups.ts';
import { OracleEpmEnvironment, type OracleEpmEnvironmentState } from './environment.ts';
import { fileRoutes } from './file-routes.ts';
import {
  IdentityDomain,
  identityRoutes,
  type OracleEmulatedIdentity,
  type OracleEpmIdentity,
} from './identity-domain.ts';
import { otherRoutes } from './other-routes.ts';
import { restoreRoutes } from './restore-routes.ts';
import type { OracleEpmScenario } from './scenario.ts';
import { type OracleEpmScenarioName, oracleEpmScenarios } from './scenarios.ts';
import { snapshotRoutes } from './snapshot-routes.ts';

const NOT_EMULATED = {
  getDailyMaintenance: 'The v1 form of getDailyMaintenanceStartTime; no client of this package asks it.',
  getUploadStatus: 'Unpacking is followed by the address of v1 jobs; this older one names a file and no job.',
} as const;

export interface OracleEpmEmulatorOptions
  extends EmulatorOptions<OracleEpmScenario | OracleEpmScenarioName>,
    Partial<OracleEpmAccess>,
    Partial<OracleEpmIdentity> {
  /** The archive. @default two months of both kinds, and an environment backup too old to be restored */
  readonly backups?: readonly OracleEpmBackup[];
}

export interface OracleEpmEmulator extends Emulator {
  /** The real state of the environment. */
  readonly environment: OracleEpmEnvironmentState;
  /** The identity domain, for what happens outside of the API: a person confirms a code, a login is revoked. */
  readonly identity: OracleEmulatedIdentity;
  /** The archive. */
  readonly backups: readonly OracleEpmBackup[];
}

/**
 * An emulated Oracle EPM environment. It accepts Basic authentication as `admin` with the password `secret`
 * (`credentials`), and the bearer tokens in `bearerTokens`. Only releases before 26.11 accept `acme.admin`, with the
 * name of the account as a prefix (`accountName`).
 *
 * Its identity domain is on every host. It knows `public-client` and `confidential-client` with the secret `idcs-secret`
 * (`oauthClients`), the refresh token `emulated-refresh-token` (`refreshToken`), which works once, and the assertion
 * `emulated.user.assertion` (`assertions`).
 */
export function oracleEpmEmulator(options: OracleEpmEmulatorOptions = {}): OracleEpmEmulator {
  const clock = options.clock ?? systemClock;
  const scenario: OracleEpmScenario = chooseScenario<OracleEpmScenario>(oracleEpmScenarios, options.scenario);
  const environment = new OracleEpmEnvironment(clock, scenario, options.backups ?? scenario.backups ?? defaultBackups);
  const identity = new IdentityDomain(
    clock,
    {
      oauthClients: options.oauthClients ?? { 'public-client': undefined, 'confidential-client': 'idcs-secret' },
      refreshToken: options.refreshToken ?? 'emulated-refresh-token',
      assertions: options.assertions ?? ['emulated.user.assertion'],
    },
    scenario.identity ?? {},
  );
  const routes = [
    ...[restoreRoutes, otherRoutes, fileRoutes, snapshotRoutes].flatMap((make) => make(environment, scenario, clock)),
    ...identityRoutes(identity, scenario.gatewayPrefix ?? ''),
  ];
  const mayEnter = createGate(
    {
      credentials: options.credentials ?? { username: 'admin', password: 'secret' },
      accountName: options.accountName ?? 'acme',
      bearerTokens: options.bearerTokens ?? [],
    },
    identity,
    scenario,
  );

  const emulator = createEmulator({
    clock,
    faults: scenario.faults,
    system: () => ({
      routes,
      restores: environment.restores,
      guard({ request, route, polls }) {
        if (!route || route.role === 'token') return undefined;
        const began = environment.restores[0]?.startedAt;
        return mayEnter(request, { elapsedMs: began === undefined ? undefined : clock.now() - began, polls });
      },
      notFound: (request) => answerUnknown(request, routes),
      unauthorized: refusedLogin,
      notEmulated: NOT_EMULATED,
      gatewayPrefix: scenario.gatewayPrefix,
    }),
  });
  return {
    ...emulator,
    identity,
    get environment() {
      return environment.state;
    },
    backups: environment.backups,
  };
}

/** 405 where another verb is known (OE-7), else 404: a wrong version, a prefix such as `/epmcloud` (OE-24), an older release. */
function answerUnknown(request: Request, routes: readonly Route[]): Response {
  const { pathname } = new URL(request.url);
  const allowed = ['GET', 'POST', 'PUT', 'DELETE'].filter((method) => matchRoute(routes, method, pathname));
  if (allowed.length === 0) return errorAnswer(404, 'The resource does not exist');
  return errorAnswer(405, 'The method is not allowed', { allow: allowed.join(', ') });
}
