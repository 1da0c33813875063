import { systemClock } from '../../clock/system-clock.ts';
import { chooseScenario } from '../choose-scenario.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import { accountRoutes } from './account-routes.ts';
import { createAccounts } from './accounts.ts';
import { withAnswerFaults } from './answer-faults.ts';
import { backupRoutes } from './backup-routes.ts';
import { type DocSpaceCredentials, docspaceCredentials } from './credentials.ts';
import { createGuard } from './guard.ts';
import { loginRoutes } from './login-routes.ts';
import type { RestoreMail } from './mails.ts';
import { createPortal } from './portal.ts';
import { restoreRoutes } from './restore-routes.ts';
import type { DocSpaceScenario } from './scenario.ts';
import { type DocSpaceScenarioName, docspaceScenarios } from './scenarios.ts';
import { uploadRoutes } from './upload-routes.ts';

export interface DocSpaceEmulatorOptions extends EmulatorOptions<DocSpaceScenario | DocSpaceScenarioName> {
  /** Credentials that differ from `docspaceCredentials`. */
  readonly credentials?: Partial<DocSpaceCredentials>;
}

export interface DocSpaceEmulator extends Emulator {
  readonly credentials: DocSpaceCredentials;
  /** The current state of the portal. */
  portal(): {
    readonly tenantId: number;
    /** 0 Active, 4 Restoring. */
    readonly tenantStatus: 0 | 4;
    readonly userId: string;
    /** Ids and paths of the archives outside the history. */
    readonly files: readonly string[];
    /** Ids of the records in the history, including those of dumps. */
    readonly backupIds: readonly string[];
    /** Whether the server has a licence; only 'standalone' has one. The restore of a dump deletes it. */
    readonly hasLicence: boolean;
    readonly hasTwoFactorSettings: boolean;
  };
  /** The mails about restores that were sent so far. */
  readonly mails: readonly RestoreMail[];
  /**
   * Uses the link in the mail after a restore. It is the only way to log in again when keys, cookies and passwords are
   * invalid.
   */
  resetPassword(password: string): void;
}

/**
 * An emulated portal of ONLYOFFICE DocSpace with its backup and restore calls below `/api/2.0`.
 *
 * It accepts `docspaceCredentials`: the API key as `Authorization: Bearer sk-...`, the user name and password as
 * Basic or through `POST /api/2.0/authentication`, the session token as cookie `asc_auth_key` or bearer,
 * and the OAuth application with its refresh token at `/oauth2/token`.
 * `docspaceBackups` are in its history, and `docspaceFiles` can be restored by `filePath`. Unless the scenario says
 * otherwise, a restore takes 60 s and succeeds; with it, all these credentials die.
 */
export function docspaceEmulator(options: DocSpaceEmulatorOptions = {}): DocSpaceEmulator {
  const { clock = systemClock } = options;
  const scenario = chooseScenario<DocSpaceScenario>(docspaceScenarios, options.scenario);
  const credentials = { ...docspaceCredentials, ...options.credentials };
  const portal = createPortal({ clock, scenario });
  const accounts = createAccounts(portal, credentials);
  const { guard, principalOf } = createGuard(portal, accounts);
  const routes = [
    ...restoreRoutes(portal, principalOf),
    ...backupRoutes(portal),
    ...accountRoutes(portal, accounts, principalOf),
    ...loginRoutes(portal, accounts, credentials),
    ...uploadRoutes(portal, accounts),
  ].map((route) => withAnswerFaults(route, portal));

  const emulator = createEmulator({
    clock,
    faults: scenario.faults,
    system: () => ({
      routes,
      restores: portal.restores,
      guard,
      notFound: () => new Response(null, { status: 404 }),
    }),
  });
  return {
    ...emulator,
    credentials,
    portal: () => ({
      tenantId: portal.tenantId(),
      tenantStatus: portal.isLocked() ? (4 as const) : (0 as const),
      userId: portal.userId(),
      files: Object.keys(portal.files()),
      backupIds: portal.backupIds(),
      hasLicence: portal.hasLicence(),
      hasTwoFactorSettings: portal.hasTwoFactorSettings(),
    }),
    get mails() {
      return portal.mails();
    },
    resetPassword: accounts.resetPassword,
  };
}
