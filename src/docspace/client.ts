import type { ClientOptions } from '../client/client-options.ts';
import { toDate } from '../client/dates.ts';
import { resumeOperation } from '../client/make-operation.ts';
import { otherKind, parseHandle } from '../client/read-handle.ts';
import type { ResumingClient } from '../client/resume.ts';
import { System } from '../client/system.ts';
import {
  attachOperation,
  type CommonAttachOptions,
  type DeadStart,
  reconcileDeadStart,
  SystemClient,
} from '../client/system-client.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireBoolean } from '../errors/require.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, OperationHandle, SavedHandle } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { BackupOperation } from './backup.ts';
import { backupKind } from './backup-kind.ts';
import { Backups } from './backups.ts';
import type { RestoreFacts } from './facts.ts';
import { kinds } from './kinds.ts';
import { Portal } from './portal.ts';
import { restoreKind } from './restore-kind.ts';
import { traits } from './traits.ts';

/** `id` is the `taskId` of the restore. */
export interface DocSpaceAttachOptions extends CommonAttachOptions {
  /** `dump` of the start. @default not known; then polls ask for both kinds of restores (DS-22) */
  readonly dump?: boolean | undefined;
  /** `notify` of the start. @default not known */
  readonly notify?: boolean | undefined;
  /** When the backup was made, if you know it. It becomes `dataAsOf` of the result. */
  readonly backupCreatedAt?: Date | string | undefined;
}

/**
 * A client for a portal of ONLYOFFICE DocSpace.
 *
 * `auth` is made by `docspaceApiKey`, by `basicAuth` with e-mail and password, or by `bearerToken` with a session
 * token (`asc_auth_key`) or an OAuth token. A restore of the portal invalidates all of them: make a new client after
 * it.
 * @see https://api.onlyoffice.com/docspace/api-backend
 * @throws {ConfigurationError} an option is wrong
 */
export class DocSpaceClient extends SystemClient implements ResumingClient<RestoreResult> {
  readonly kinds: readonly string[] = kinds.map(({ kind }) => kind);
  readonly backups: Backups;
  readonly portal: Portal<DocSpaceClient>;
  readonly #system: System;

  /** @param options `baseUrl` is the address of the portal, with or without `/api/2.0` */
  constructor(options: ClientOptions) {
    const system = new System(options, traits);
    refuseCredentialHeaders(options.headers);
    super(system);
    this.#system = system;
    this.backups = new Backups(system);
    this.portal = new Portal(system, options.auth.kind, (auth) => {
      const client = new DocSpaceClient({ ...options, auth });
      return { client, system: client.#system };
    });
  }

  /**
   * Makes an operation from a saved handle. Sends nothing.
   * @throws {HandleError} the handle belongs to another system, base URL or version, or is damaged
   */
  resume(handle: OperationHandle & { readonly kind: 'docspace/backup' }): BackupOperation;
  resume(handle: SavedHandle): Operation<RestoreResult>;
  resume(handle: SavedHandle): Operation<RestoreResult> {
    switch (parseHandle(handle).kind) {
      case restoreKind.kind:
        return resumeOperation(this.#system, [restoreKind], handle);
      case backupKind.kind:
        return resumeOperation(this.#system, [backupKind], handle);
      default:
        throw otherKind(parseHandle(handle).kind, kinds);
    }
  }

  /** Reads the restores that the portal shows before a start, as JSON for `reconcileStart`. */
  async takeBaseline(_target: unknown, options: ReconcileOptions = {}): Promise<unknown> {
    return restoreKind.takeBaseline?.(this.#system, {}, options);
  }

  /**
   * Asks the portal about a start whose process died, for `startOnce`: a new restore may be the one that was started.
   * It only reads and takes up to three minutes.
   */
  reconcileStart(lost: DeadStart, options: ReconcileOptions = {}): Promise<Reconciliation<Operation<RestoreResult>>> {
    return reconcileDeadStart(this.#system, restoreKind, lost, options);
  }

  /** Makes an operation for a restore that was started elsewhere. Sends nothing. */
  attach(options: DocSpaceAttachOptions): Operation<RestoreResult> {
    if (typeof options !== 'object' || options === null) throw new ConfigurationError('id', 'is required.');
    refuseUnknown(options, ['id', 'startedAt', 'note', 'dump', 'notify', 'backupCreatedAt']);
    const id = requireSegment('id', options.id).trim();
    const { dump, notify, backupCreatedAt } = options;
    if (dump !== undefined) requireBoolean('dump', dump);
    if (notify !== undefined) requireBoolean('notify', notify);
    const dataAsOf =
      backupCreatedAt === undefined ? undefined : toDate('backupCreatedAt', backupCreatedAt).toISOString();
    const facts: RestoreFacts = {
      ...omitUndefined({ dump, notify, dataAsOf }),
    };
    return attachOperation(this.#system, restoreKind, { ...options, id, facts });
  }
}

/** These headers are sent with every poll, and polls must not carry credentials (DS-1, DS-30). */
function refuseCredentialHeaders(headers: ClientOptions['headers']): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    const isCredential = /^apikeybearer$/i.test(name) || (/^cookie$/i.test(name) && /asc_auth_key/i.test(value));
    if (isCredential) {
      throw new ConfigurationError(
        `headers.${name}`,
        'holds credentials; pass them as `auth`: docspaceApiKey(key) or bearerToken(token).',
      );
    }
  }
}
