import { type Answer, connectionReset } from '../answer.ts';
import { chooseScenario } from '../choose-scenario.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import type { Route } from '../route.ts';
import { contentActions } from './content-actions.ts';
import { contentRoutes } from './content-routes.ts';
import { deviceCodeRoutes } from './device-code-routes.ts';
import { exploreRoutes } from './explore-routes.ts';
import { inventoryRoutes } from './inventory-routes.ts';
import type { EmulatedMailboxRestore } from './mailbox-restores.ts';
import { mailboxRoutes } from './mailbox-routes.ts';
import type { VeeamM365Scenario, VeeamVersion } from './scenario.ts';
import { type VeeamM365ScenarioName, veeamM365Scenarios } from './scenarios.ts';
import { VeeamServer } from './server.ts';
import { sessionRoutes } from './session-routes.ts';
import type { SessionType } from './sessions.ts';
import { dataRetrievalId, operatorId, organizationId, repositoryId, tenantId } from './tenant.ts';
import { tokenRoutes } from './token-routes.ts';
import { VERSIONS, withErrorCode } from './versions.ts';

export interface VeeamM365EmulatorOptions extends EmulatorOptions<VeeamM365Scenario | VeeamM365ScenarioName> {
  /** @default 'DOMAIN\\administrator' */
  readonly userName?: string;
  /** @default 'secret' */
  readonly password?: string;
  /**
   * The access token of Microsoft that the server takes from tenants and restore operators.
   * @default 'microsoft-token'
   */
  readonly microsoftToken?: string;
  /** Versions of the interface that the server has. @default all */
  readonly versions?: readonly VeeamVersion[];
}

/** A mailbox in production: what restores bring back is in its items. */
export interface EmulatedMailbox {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Content by item. */
  readonly items: Readonly<Record<string, string>>;
}

/** A OneDrive, a site or a team in production: what restores bring back is in its items. */
export interface EmulatedThing {
  readonly id: string;
  readonly name: string;
  /** Content by item. */
  readonly items: Readonly<Record<string, string>>;
}

export interface EmulatedSession {
  readonly id: string;
  readonly type: SessionType;
  readonly createdAt: number;
  readonly state: string;
}

export interface VeeamM365Emulator extends Emulator {
  /** Sessions that hold resources of the server: empty when nothing has leaked (VM-19). */
  readonly openSessions: readonly EmulatedSession[];
  readonly mailboxes: readonly EmulatedMailbox[];
  readonly oneDrives: readonly EmulatedThing[];
  /** SharePoint sites: their documents and the items of their lists. */
  readonly sites: readonly EmulatedThing[];
  /** Teams: their tabs, files and posts. */
  readonly teams: readonly EmulatedThing[];
  /** Restores of mailboxes, in the order in which they were started; `restores` has the sessions. */
  readonly mailboxRestores: readonly EmulatedMailboxRestore[];
  /** Signs in at Microsoft with a device code, as a person does. */
  signIn(userCode: string): void;
  readonly organizationId: string;
  readonly repositoryId: string;
  readonly dataRetrievalId: string;
  /** The tenant at Microsoft, which logs in with `client_id`. */
  readonly tenantId: string;
  /** A restore operator of the tenant. */
  readonly operatorId: string;
  /** A job of the entire organization, and one of its first two mailboxes. */
  readonly jobIds: readonly [string, string];
  /** When backups were made, oldest first, in milliseconds since the epoch. */
  readonly backupTimes: readonly number[];
}

/**
 * Veeam Backup for Microsoft 365, speaking v5 to v8 side by side: one organization (`abc.onmicrosoft.com`) with two
 * backup jobs and three mailboxes that have lost and spoilt items since they were backed up, 30 days to 12 hours
 * before the emulator was made.
 *
 * Log in as `DOMAIN\administrator` with the password `secret`. Unless the scenario says otherwise a session lasts
 * until it is stopped, and the restore of a mailbox takes 60 s and succeeds: up to v7 it blocks, v8 answers the id of a
 * session that it runs in.
 */
export function veeamM365Emulator(options: VeeamM365EmulatorOptions = {}): VeeamM365Emulator {
  const scenario = chooseScenario<VeeamM365Scenario>(veeamM365Scenarios, options.scenario);
  const account = { userName: options.userName ?? 'DOMAIN\\administrator', password: options.password ?? 'secret' };
  let created: VeeamServer | undefined;
  const emulator = createEmulator({
    clock: options.clock,
    faults: scenario.faults,
    system: ({ clock }) => {
      const server = new VeeamServer(
        clock,
        scenario,
        account,
        options.microsoftToken ?? 'microsoft-token',
        options.versions ?? VERSIONS,
      );
      created = server;
      return {
        routes: VERSIONS.filter((version) => server.hasVersion(version)).flatMap((version) =>
          routesOf(server, version).map((route): Route => {
            const handle: Route['handle'] = async (call) => {
              const answer = await route.handle(call);
              return dated(server, answer === connectionReset ? answer : await withErrorCode(version, answer));
            };
            return { ...route, handle };
          }),
        ),
        restores: server.sessions.truths,
        guard: (call) => {
          const answer = server.guard(call);
          return answer && dated(server, answer);
        },
        notFound: () => dated(server, server.notFound()),
        unauthorized: () => dated(server, server.unauthorized()),
      };
    },
  });
  if (!created) throw new Error('The emulator has no server.');
  return withState(emulator, created);
}

function routesOf(server: VeeamServer, version: VeeamVersion) {
  return [
    tokenRoutes,
    inventoryRoutes,
    exploreRoutes,
    sessionRoutes,
    mailboxRoutes,
    contentRoutes,
    contentActions,
    deviceCodeRoutes,
  ].flatMap((routes) => routes(server, version));
}

/** Every answer tells the server's time. */
function dated({ clock, scenario }: VeeamServer, answer: Answer): Answer {
  if (answer !== connectionReset) {
    answer.headers.set('date', new Date(clock.now() + (scenario.clockSkewMs ?? 0)).toUTCString());
  }
  return answer;
}

function withState(emulator: Emulator, { sessions, restores, tenant, deviceCodes }: VeeamServer): VeeamM365Emulator {
  const [first, second] = tenant.jobs;
  const thingsOf = (type: SessionType) => {
    restores.settle();
    return tenant.thingsOf(type).map(({ id, name, items }) => ({ id, name, items: Object.fromEntries(items) }));
  };
  return {
    ...emulator,
    get openSessions() {
      return sessions.all
        .filter((session) => !session.restore && sessions.endOf(session) === undefined)
        .map((session) => {
          const { id, type, createdAt } = session;
          return { id, type, createdAt, state: sessions.stateOf(session) };
        });
    },
    get mailboxes() {
      restores.settle();
      return tenant.mailboxes.map(({ id, name, email, items }) => ({
        id,
        name,
        email,
        items: Object.fromEntries(items),
      }));
    },
    get oneDrives() {
      return thingsOf('Veod');
    },
    get sites() {
      return thingsOf('Vesp');
    },
    get teams() {
      return thingsOf('Vet');
    },
    signIn: (userCode) => deviceCodes.signIn(userCode),
    mailboxRestores: restores.truths,
    organizationId,
    repositoryId,
    dataRetrievalId,
    tenantId,
    operatorId,
    jobIds: [first.id, second.id],
    backupTimes: tenant.restorePoints.map(({ at }) => at),
  };
}
