import type { Secret } from '../auth/auth.ts';
import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalText, requireBoolean, requireText } from '../errors/require.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { EpmFile } from './epm-file.ts';
import { withAdvice } from './explain-error.ts';
import type { Files } from './files.ts';
import { copySnapshotKind, exportKind, importKind, recreateKind } from './job-kinds.ts';
import type { EpmJobResult } from './job-reports.ts';
import { requireDone } from './refusal.ts';
import { startJob } from './start-job.ts';
import { request } from './traits.ts';
import { base64Secret, bodySecret, environmentUrl } from './wire-secret.ts';

interface Noted {
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
}

export interface ExportSnapshotInput extends Noted {
  /** A snapshot that was once exported in the Migration screens, such as `Artifact Snapshot`. */
  readonly snapshotName: string;
}

export interface ImportSnapshotInput extends Noted {
  /** A name from `snapshots.list()`. */
  readonly snapshotName: string;
  /** Also imports users and their roles. This needs the role Identity Domain Administrator. @default false */
  readonly importUsers?: boolean | undefined;
  /** The password of users that are new. Only with `importUsers`. @default each gets a password of its own */
  readonly userPassword?: Secret | undefined;
  /** Whether new users must change their password at the first login. Only with `importUsers`. @default true */
  readonly resetPassword?: boolean | undefined;
}

export interface CopySnapshotInput extends Noted {
  /** The name of the snapshot in the source. */
  readonly snapshotName: string;
  /** The address of the source, as you use it in a browser. */
  readonly sourceUrl: string;
  /** A Service Administrator of the source. */
  readonly username: string;
  /** The password of that user. It is sent to this environment in Base64, which signs in to the source with it. */
  readonly password: Secret;
}

export interface RenameSnapshotInput {
  readonly snapshotName: string;
  readonly newName: string;
}

export interface RecreateInput extends Noted {
  /** Also deletes the snapshots and the files of inbox and outbox. @default false */
  readonly removeAll?: boolean | undefined;
  /** Converts the environment to another service, in the vendor's words, such as `ARCS`. @default the same service */
  readonly serviceType?: string | undefined;
}

const EXPORT_FIELDS: Readonly<Record<keyof ExportSnapshotInput, true>> = { snapshotName: true, note: true };
const IMPORT_FIELDS: Readonly<Record<keyof ImportSnapshotInput, true>> = {
  snapshotName: true,
  importUsers: true,
  userPassword: true,
  resetPassword: true,
  note: true,
};
const COPY_FIELDS: Readonly<Record<keyof CopySnapshotInput, true>> = {
  snapshotName: true,
  sourceUrl: true,
  username: true,
  password: true,
  note: true,
};
const RENAME_FIELDS: Readonly<Record<keyof RenameSnapshotInput, true>> = { snapshotName: true, newName: true };
const RECREATE_FIELDS: Readonly<Record<keyof RecreateInput, true>> = { removeAll: true, serviceType: true, note: true };

/** Snapshots of the application, which are stored inside the environment. */
export class Snapshots {
  readonly #system: System;
  readonly #files: Files;

  /** @internal */
  constructor(system: System, files: Files) {
    this.#system = system;
    this.#files = files;
  }

  /** The snapshots of the environment: `files.list()` without the files. The vendor tells neither their size nor time. */
  list(options: CallOptions = {}): Items<EpmFile> {
    const files = this.#files;
    return itemsOf(async function* () {
      for await (const file of files.list(options)) if (file.kind === 'snapshot') yield file;
    });
  }

  /**
   * Exports a snapshot again, with the settings of its first export in the Migration screens. It overwrites the snapshot
   * of this name and changes nothing else.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_export_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async export(input: ExportSnapshotInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    const snapshotName = requireSegment('snapshotName', input?.snapshotName);
    refuseUnknown(input, Object.keys(EXPORT_FIELDS));
    const call = {
      call: 'export a snapshot',
      facts: { name: snapshotName },
      note: input.note,
      request: request('post', '/interop/rest/v2/snapshots/export', { body: { snapshotName } }),
    };
    return startJob(this.#system, exportKind, call, options);
  }

  /**
   * Imports a snapshot. **It overwrites what it holds in the application**, so it counts as a restore: it is sent once,
   * and `startOnce` takes it with the target `''`. If it fails, the failure has the reason that the vendor shows behind
   * "Job Details", and `failure.details` has all its `messages`.
   *
   * A snapshot of month N can be imported in N-1, N and N+1; in Account Reconciliation and Enterprise Data Management
   * in N and N+1, in Strategic Modeling in N alone.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_import_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async import(input: ImportSnapshotInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    const snapshotName = requireSegment('snapshotName', input?.snapshotName);
    refuseUnknown(input, Object.keys(IMPORT_FIELDS));
    const importUsers = requireBoolean('importUsers', input.importUsers ?? false);
    for (const field of ['userPassword', 'resetPassword'] as const) {
      if (importUsers || input[field] === undefined) continue;
      throw new ConfigurationError(field, 'is for users; set `importUsers: true` to import them.');
    }
    const { note, userPassword, resetPassword = true } = input;
    const reset = requireBoolean('resetPassword', resetPassword);
    const system = this.#system;
    const password = userPassword === undefined ? undefined : await bodySecret(system, 'userPassword', userPassword);
    const users = importUsers ? omitUndefined({ userPassword: password, resetPassword: flag(reset) }) : {};
    const call = {
      call: 'import a snapshot',
      facts: { name: snapshotName },
      note,
      request: request('post', '/interop/rest/v2/snapshots/import', {
        body: { snapshotName, parameters: { importUsers: flag(importUsers), ...users } },
      }),
    };
    return startJob(system, importKind, call, options);
  }

  /**
   * Copies a snapshot from another environment to this one. Nothing is imported. This environment signs in to the source.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_copy_application_snapshot_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async copyFrom(input: CopySnapshotInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    const snapshotName = requireSegment('snapshotName', input?.snapshotName);
    const sourceURL = environmentUrl('sourceUrl', input.sourceUrl);
    const userName = requireText('username', input.username);
    refuseUnknown(input, Object.keys(COPY_FIELDS));
    const system = this.#system;
    if (sourceURL === system.baseUrl) {
      throw new ConfigurationError('sourceUrl', 'is this environment itself; it must be the one to copy from.');
    }
    const fpwd = await base64Secret(system, 'password', input.password);
    const call = {
      call: 'copy a snapshot',
      facts: { name: snapshotName },
      note: input.note,
      request: request('post', '/interop/rest/v2/snapshots/copyfrominstance', {
        body: { snapshotName, userName, fpwd, sourceURL },
      }),
    };
    return startJob(system, copySnapshotKind, call, options);
  }

  /**
   * Renames a snapshot.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_rename_application_snapshot_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {ApiError} refused by a 200 with a positive status and the vendor's text
   * @throws {WriteOutcomeUnknownError} the answer was lost
   */
  async rename(input: RenameSnapshotInput, options: CallOptions = {}): Promise<void> {
    const snapshotName = requireSegment('snapshotName', input?.snapshotName);
    const newSnapshotName = requireSegment('newName', input.newName);
    refuseUnknown(input, Object.keys(RENAME_FIELDS));
    const system = this.#system;
    const body = { snapshotName, newSnapshotName };
    const write = system.write(request('put', '/interop/rest/v2/snapshots/rename', { body }), options);
    requireDone(system, 'The new name of the snapshot', await withAdvice('rename a snapshot', write));
  }

  /** Deletes a snapshot: the same call as `files.delete`. */
  delete(name: string, options: CallOptions = {}): Promise<void> {
    return this.#files.delete(name, options);
  }

  /**
   * **Deletes the application, all its data and the migration history**, so that a full snapshot can be imported into a
   * clean environment. The newest text of the vendor says that the backup snapshot is deleted too: download it before.
   * It counts as a restore: it is sent once, and `startOnce` takes it with the target `''`.
   * @see https://docs.oracle.com/en/cloud/saas/epm-cloud/prest/run_recreate_on_a_service_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async recreate(input: RecreateInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    if (typeof input !== 'object' || input === null) {
      throw new ConfigurationError('input', 'must be an object; {} deletes the application and keeps the files.');
    }
    refuseUnknown(input, Object.keys(RECREATE_FIELDS));
    const { removeAll = false, serviceType, note } = input;
    const tempServiceType = optionalText('serviceType', serviceType);
    const parameters = omitUndefined({ removeAll: flag(requireBoolean('removeAll', removeAll)), tempServiceType });
    const call = {
      call: 'make a clean environment',
      facts: {},
      note,
      request: request('post', '/interop/rest/v2/config/services/recreate', { body: { parameters } }),
    };
    return startJob(this.#system, recreateKind, call, options);
  }
}

/** Flags are texts in lower case, because other spellings are not documented (OE-15). */
function flag(value: boolean): 'true' | 'false' {
  return value ? 'true' : 'false';
}
