import type { Secret } from '../auth/auth.ts';
import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import type { System } from '../client/system.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireText } from '../errors/require.ts';
import { parseBaseUrl } from '../http/base-url.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { type DownloadFileOptions, downloadFile, type EpmDownload } from './download-file.ts';
import { type EpmFile, toFile } from './epm-file.ts';
import { withAdvice } from './explain-error.ts';
import { fromStorageKind, toStorageKind } from './job-kinds.ts';
import type { EpmJobResult } from './job-reports.ts';
import { refused, requireDone } from './refusal.ts';
import { FileListSchema } from './schemas.ts';
import { startJob } from './start-job.ts';
import { request } from './traits.ts';
import { type EpmUpload, type UploadFileInput, type UploadFileOptions, uploadFile } from './upload-file.ts';
import { bodySecret } from './wire-secret.ts';

export interface ObjectStorageInput {
  /** The name of the file or snapshot in this environment. */
  readonly name: string;
  /**
   * The bucket, and the name of the object if it differs:
   * `https://swiftobjectstorage.<region>.oraclecloud.com/v1/<namespace>/<bucket>/<object>`.
   */
  readonly url: string;
  /** A user of the object storage, such as `oracleidentitycloudservice/jane`. */
  readonly username: string;
  /** The Swift password or auth token of that user, not the password of the console. */
  readonly password: Secret;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
}

const STORAGE_FIELDS: Readonly<Record<keyof ObjectStorageInput, true>> = {
  name: true,
  url: true,
  username: true,
  password: true,
  note: true,
};

/** Snapshots and files inside the environment. */
export class Files {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * All snapshots and files, in no documented order. The vendor tells size and time of files only.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/list_files_v2.html
   * @throws {ApiError} refused by a 200 with a positive status and the vendor's text (OE-1)
   */
  list(options: CallOptions = {}): Items<EpmFile> {
    const system = this.#system;
    return itemsOf(async function* () {
      const read = system.read(request('get', '/interop/rest/v2/files/list'), FileListSchema, options);
      const { status, details, items } = await withAdvice('list files', read);
      if (toStatusCode(status) !== 0) throw refused(system, 'The list of files', { status, details });
      yield* (items ?? []).map(toFile);
    });
  }

  /**
   * Downloads a snapshot or a file as a web stream. By default in the four steps of v2: the server packs the file, the
   * download waits for that, reads the file, and deletes the temporary one. A body that breaks off is an
   * `IncompleteTransferError`, never a whole file; where the server supports ranges, the rest is asked for first.
   *
   * JSON or a page instead of the file is an error (OE-27).
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/download_application_snapshot_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {ApiError} the vendor refuses, in its words: also under HTTP 200, and if the file cannot be packed
   * @throws {WriteOutcomeUnknownError} the answer of the first step was lost; a temporary file may remain
   * @example
   * import { writeFile } from 'node:fs/promises';
   * const file = await epm.files.download('Artifact Snapshot');
   * await writeFile('snapshot.zip', file.stream);
   * const { bytes, sha256 } = await file.completed;
   */
  download(name: string, options: DownloadFileOptions = {}): Promise<EpmDownload> {
    return downloadFile(this.#system, name, options);
  }

  /**
   * Uploads a snapshot or a file, in chunks that are sent one after another. A file of this name is not overwritten: the
   * vendor refuses it. If an upload breaks off, delete the file and upload it again; it cannot be taken up.
   *
   * The server may then unpack a snapshot: `operation` of the result ends when it is done.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/upload_application_snapshot.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {ApiError} the vendor refuses, in its words, also under HTTP 200
   * @throws {IncompleteTransferError} `reason` is 'source': the source cannot be read, or has another size than told
   * @throws {WriteOutcomeUnknownError} the answer for a chunk was lost
   * @throws {StartOutcomeUnknownError} the answer of the last request was lost
   * @example
   * import { openAsBlob } from 'node:fs';
   * const { sha256, operation } = await epm.files.upload({ name: 'April.zip', source: await openAsBlob('April.zip') });
   * await waitForCompletion(operation);
   */
  upload(input: UploadFileInput, options: UploadFileOptions = {}): Promise<EpmUpload> {
    return uploadFile(this.#system, input, options);
  }

  /**
   * Deletes a file or a snapshot, by the call that has the name in its body (OE-28).
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/delete_files_v3.html
   * @throws {ConfigurationError} no name; nothing was sent
   * @throws {ApiError} refused by a 200 with a positive status and the vendor's text
   * @throws {WriteOutcomeUnknownError} the answer was lost
   */
  async delete(name: string, options: CallOptions = {}): Promise<void> {
    const fileName = requireSegment('name', name);
    const system = this.#system;
    const write = system.write(request('post', '/interop/rest/v3/files/delete', { body: { fileName } }), options);
    requireDone(system, `The deletion of '${fileName}'`, await withAdvice('delete a file', write));
  }

  /**
   * Copies a file or a snapshot to Oracle Object Storage. The environment itself connects to it.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_copy_to_object_store_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async copyToObjectStorage(input: ObjectStorageInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    const body = await this.#storageBody(input);
    const call = {
      call: 'copy to an object storage',
      facts: { name: body.filepath },
      note: input.note,
      request: request('post', '/interop/rest/v2/objectstorage/copyto', { body }),
    };
    return startJob(this.#system, toStorageKind, call, options);
  }

  /**
   * Copies a file or a snapshot from Oracle Object Storage. A snapshot is unpacked, and nothing is imported.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_copy_from_object_store_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async copyFromObjectStorage(input: ObjectStorageInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    const body = await this.#storageBody(input);
    const call = {
      call: 'copy from an object storage',
      facts: { name: body.filepath },
      note: input.note,
      request: request('post', '/interop/rest/v2/objectstorage/copyfrom', { body }),
    };
    return startJob(this.#system, fromStorageKind, call, options);
  }

  async #storageBody(input: ObjectStorageInput) {
    const filepath = requireSegment('name', input?.name);
    parseBaseUrl('url', input.url, false);
    const username = requireText('username', input.username);
    refuseUnknown(input, Object.keys(STORAGE_FIELDS));
    return {
      url: input.url.trim(),
      username,
      password: await bodySecret(this.#system, 'password', input.password),
      filepath,
    };
  }
}
