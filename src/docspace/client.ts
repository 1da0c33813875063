import type { paths } from '../../generated/docspace.d.ts';
import type { ClientOptions } from '../client/client-options.ts';
import { toDate } from '../client/dates.ts';
import { readHandle } from '../client/read-handle.ts';
import type { DeadStart, ResumingClient } from '../client/resume.ts';
import { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireBoolean } from '../errors/require.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import * as z from '../schema/schema.ts';
import { Backup } from './backup.ts';
import { Portal } from './portal.ts';
import { reconcileByProgress } from './reconcile.ts';
import { HandleExtraSchema, RESTORE_KIND, restoreOperation } from './restore-operation.ts';

export interface AttachOptions {
  /** The `taskId` of the restore. */
  readonly id: string;
  /** When it was started, where you know it. @default now */
  readonly startedAt?: Date;
  /** As it was started, where you know it (DS-22). */
  readonly dump?: boolean;
  /** When its backup was made, where you know it; becomes the result's `dataAsOf`. */
  readonly backupCreatedOn?: Date | string;
  readonly note?: string;
}

/**
 * A portal of ONLYOFFICE DocSpace.
 *
 * `auth` is made by `docspaceApiKey`, by `basicAuth` with e-mail and password, or by `bearerToken` with a session token
 * (`asc_auth_key`) or an OAuth token. A restore of the portal kills every one of them: after it, make a new client.
 * @see https://api.onlyoffice.com/docspace/api-backend
 * @throws {ConfigurationError} an option is wrong
 */
export class DocSpaceClient implements ResumingClient<RestoreResult> {
  readonly kinds = [RESTORE_KIND] as const;
  readonly baseUrl: string;
  readonly backup: Backup;
  readonly portal: Portal;
  readonly #system: System<paths>;

  /** @param options `baseUrl` is the portal's address, with or without `/api/2.0` */
  constructor(options: ClientOptions) {
    const system = new System<paths>(options, {
      accepts: ['docspace-api-key', 'bearer', 'basic'],
      strayPath: /\/api\/2\.0$/,
    });
    refuseCredentialHeaders(options.headers);
    this.#system = system;
    this.baseUrl = system.baseUrl;
    this.backup = new Backup(system);
    this.portal = new Portal(system);
  }

  /**
   * Goes on with a saved handle. Sends nothing.
   * @throws {HandleError} of another system, baseUrl or version, or damaged
   */
  resume(handle: SavedHandle): Operation<RestoreResult> {
    const saved = readHandle(handle, { kinds: this.kinds, baseUrl: this.baseUrl, extra: HandleExtraSchema });
    return restoreOperation(this.#system, {
      id: saved.id,
      startedAt: new Date(saved.startedAt),
      note: saved.note,
      dump: saved.dump,
      dataAsOf: saved.dataAsOf === undefined ? undefined : new Date(saved.dataAsOf),
      doubt: saved.doubt,
    });
  }

  /** The restore that the portal tells of before a start, as JSON, for `reconcileStart`. */
  async takeBaseline(_target: unknown, options: ReconcileOptions = {}): Promise<unknown> {
    const { taskId, isCompleted } = (await this.backup.restoreProgress({}, options)) ?? {};
    return taskId === undefined ? 'none' : this.#system.transport.redactor.data({ taskId, isCompleted });
  }

  /**
   * What can be told of a start whose process died, for `startOnce`: by the restore that the portal tells of since.
   * Reads, never writes; takes a minute.
   */
  reconcileStart(lost: DeadStart, options: ReconcileOptions = {}): Promise<Reconciliation<Operation<RestoreResult>>> {
    const facts = { startedAt: lost.startedAt, note: lost.note, doubt: 'found-after-lost-start' };
    return this.#system.reconciled(
      reconcileByProgress(
        this.#system,
        {
          baseline: lost.baseline === 'none' ? 'none' : z.safeParse(BaselineSchema, lost.baseline).data,
          dump: undefined,
          wasAccepted: false,
          adopt: (id) => restoreOperation(this.#system, { ...facts, id }),
        },
        options,
      ),
    );
  }

  /** Follows a restore that somebody else has started. Sends nothing. */
  attach(options: AttachOptions): Operation<RestoreResult> {
    const id = requireSegment('id', options?.id).trim();
    const { startedAt, dump, backupCreatedOn, note } = options;
    if (dump !== undefined) requireBoolean('dump', dump);
    return restoreOperation(this.#system, {
      id,
      startedAt: startedAt === undefined ? new Date(this.#system.clock.now()) : toDate('startedAt', startedAt),
      note,
      dump,
      dataAsOf: backupCreatedOn === undefined ? undefined : toDate('backupCreatedOn', backupCreatedOn),
    });
  }
}

const BaselineSchema = z.looseObject({ taskId: z.string(), isCompleted: z.boolean() });

/** Headers go with every poll, and polls must carry no credentials (DS-1, DS-30). */
function refuseCredentialHeaders(headers: ClientOptions['headers']): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    const isCredential = /^apikeybearer$/i.test(name) || (/^cookie$/i.test(name) && /asc_auth_key/i.test(value));
    if (isCredential) {
      throw new ConfigurationError(
        `headers.${name}`,
        'holds credentials; give them as `auth`: docspaceApiKey(key) or bearerToken(token).',
      );
    }
  }
}
