import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { IncompleteTransferError } from '../errors/incomplete-transfer-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalFunctions, requireText } from '../errors/require.ts';
import { WriteOutcomeUnknownError } from '../errors/write-outcome-unknown-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { TransferResult } from '../http/transfer.ts';
import {
  sizeOfSource,
  type UploadChunk,
  type UploadOptions,
  type UploadSource,
  uploadInChunks,
} from '../http/upload.ts';
import { textOf } from '../protocols/poll-response.ts';
import { checkShape } from './envelope.ts';
import { UploadAnswerSchema } from './schemas.ts';
import { request } from './traits.ts';

export interface UploadArchiveOptions extends UploadOptions {
  /** The name of the archive. It must end with `.tar.gz` or `.tar`, because the server reads the archive by it. */
  readonly fileName: string;
  /** The size in bytes, which the server must know at the start. Needed for a stream. @default the size of bytes or a Blob */
  readonly totalBytes?: number | undefined;
  /** Timeout of one chunk in milliseconds. @default 5 minutes */
  readonly requestTimeoutMs?: number | undefined;
}

/** An archive that has arrived at the server as a whole. */
export interface UploadedArchive extends TransferResult {
  /** For `filePath` of a restore with `storage: 'local'`. */
  readonly filePath: string;
}

/** The server announces 10 MB. Larger chunks are not held in memory. */
const MOST_CHUNK_BYTES = 16 * 1024 * 1024;
const CHUNK_TIMEOUT_MS = 300_000;
const FIELDS = ['fileName', 'totalBytes', 'onProgress', 'signal', 'requestTimeoutMs'];
const AGAIN = 'What the server has of it is useless: upload the archive again, from its beginning.';
const TOO_SLOW =
  'The server keeps an upload for 20 minutes from its start; use a faster connection, or a storage that the server can read.';

/** Uploads an archive in chunks, for a restore with `storage: 'local'`. */
export async function uploadArchive(
  system: System,
  source: UploadSource,
  options: UploadArchiveOptions,
): Promise<UploadedArchive> {
  const { fileName, extension, totalBytes } = checkUpload(source, options);
  const { signal, onProgress, requestTimeoutMs } = options;
  const call: CallOptions = { ...(signal ? { signal } : {}), ...(requestTimeoutMs ? { requestTimeoutMs } : {}) };
  const query = { Init: 'true' as const, totalSize: totalBytes, extension };
  const { ChunkSize } = await send(system, request('post', '/backupFileUpload.ashx', { params: { query } }), call);
  const chunkBytes = Math.min(Math.floor(ChunkSize ?? 0), MOST_CHUNK_BYTES);
  if (chunkBytes < 1) throw refused('it announced no size of chunks');
  const done = await uploadInChunks(source, {
    chunkBytes,
    totalBytes,
    signal,
    onProgress,
    send: (chunk) => sendChunk(system, chunk, totalBytes, call),
  });
  return { bytes: done.bytes, sha256: done.sha256, filePath: fileName };
}

function checkUpload(source: UploadSource, options: UploadArchiveOptions) {
  if (typeof options !== 'object' || options === null) throw new ConfigurationError('fileName', 'is required.');
  refuseUnknown(options, FIELDS);
  const fileName = requireText('fileName', options.fileName);
  const [, extension] = /\.(tar\.gz|tar)$/i.exec(fileName) ?? [];
  if (extension === undefined) throw new ConfigurationError('fileName', 'must end with .tar.gz or .tar.');
  optionalFunctions(options, 'onProgress');
  const totalBytes = sizeOfSource('source', source, options.totalBytes);
  if (totalBytes === undefined) {
    throw new ConfigurationError('totalBytes', 'is required for a stream: the server must know the size at the start.');
  }
  if (totalBytes === 0) throw new ConfigurationError('source', 'is empty.');
  const isTar = extension.toLowerCase() === 'tar';
  return { fileName, extension: isTar ? ('tar' as const) : ('tar.gz' as const), totalBytes };
}

/** Sends one chunk, once: the server appends it, so a second time would spoil the archive. */
async function sendChunk(system: System, chunk: UploadChunk, totalBytes: number, call: CallOptions): Promise<void> {
  const { bytes, offset, isLast } = chunk;
  const content = new FormData();
  content.append('file', new Blob([bytes]));
  const broken = (why: string, cause?: unknown) =>
    new IncompleteTransferError(`The upload broke off: ${why} ${AGAIN}`, {
      reason: 'connection',
      bytes: offset,
      totalBytes,
      cause,
    });
  try {
    const { EndUpload } = await send(system, { ...request('post', '/backupFileUpload.ashx'), content }, call);
    if (EndUpload === isLast) return;
  } catch (error) {
    if (WriteOutcomeUnknownError.isInstance(error)) throw broken(error.message, error);
    throw error;
  }
  // Somebody else has begun an upload meanwhile, which replaces ours, or both were appended to one file.
  throw broken(isLast ? 'the server has less of it than was sent.' : 'the server has more of it than was sent.');
}

/** The answer of the upload handler, which is 200 for refusals too. */
async function send(system: System, apiRequest: ApiRequest, call: CallOptions) {
  const options = { usualTimeoutMs: CHUNK_TIMEOUT_MS, ...call };
  const answer = await system.transport.send(apiRequest, { ...options, mode: 'write' });
  const told = checkShape('The answer', UploadAnswerSchema, system.transport.json(answer));
  if (told.Success && !textOf(told.Message)) return told;
  throw refused(system.transport.redactor.text(textOf(told.Message) ?? 'it gave no reason'));
}

function refused(why: string): ApiError {
  const hint = /init/i.test(why) ? ` ${TOO_SLOW}` : '';
  return new ApiError(`The portal refused the upload: ${why}.${hint}`, { status: 200, errors: [{ message: why }] });
}
