import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalText, optionalWhole } from '../errors/require.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { TransferResult } from '../http/transfer.ts';
import {
  sizeOfSource,
  type UploadChunk,
  type UploadOptions,
  type UploadSource,
  uploadInChunks,
} from '../http/upload.ts';
import type { Operation } from '../operation/operation.ts';
import { withAdvice } from './explain-error.ts';
import { uploadKind } from './job-kinds.ts';
import type { EpmJobResult } from './job-reports.ts';
import { requireDone } from './refusal.ts';
import { startJob } from './start-job.ts';
import { request } from './traits.ts';

export interface UploadFileInput {
  /** The name in the environment. Snapshots end in `.zip`. */
  readonly name: string;
  /** Bytes, a Blob, or a stream of bytes. In Node, `openAsBlob(path)` of `node:fs` makes a Blob of a file. */
  readonly source: UploadSource;
  /** The size in bytes. Needed for a stream, because the vendor wants to know it at the beginning. */
  readonly totalBytes?: number | undefined;
  /**
   * A folder such as `inbox`. The file is then sent in one request, so it must fit into one chunk. @default where
   * snapshots are
   */
  readonly directory?: string | undefined;
  /** The size of a chunk, in bytes. Two chunks are held in memory. @default 52,428,800, as in the vendor's sample */
  readonly chunkBytes?: number | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
}

export interface UploadFileOptions extends UploadOptions {
  /** Timeout of the request for one chunk, in milliseconds. @default 600,000 */
  readonly requestTimeoutMs?: number | undefined;
}

/** A file that was uploaded as a whole. */
export interface EpmUpload extends TransferResult {
  /** Ends when the server has unpacked a snapshot; for other files it has ended already. */
  readonly operation: Operation<EpmJobResult>;
}

const FIELDS: Readonly<Record<keyof UploadFileInput, true>> = {
  name: true,
  source: true,
  totalBytes: true,
  directory: true,
  chunkBytes: true,
  note: true,
};
const OPTIONS: Readonly<Record<keyof UploadFileOptions, true>> = {
  signal: true,
  onProgress: true,
  requestTimeoutMs: true,
};
const MEGABYTE = 1024 * 1024;
const CHUNK_BYTES = 50 * MEGABYTE;
const CHUNK_TIMEOUT_MS = 600_000;
/** The first and the last request have no body, and this number in all samples of the vendor. */
const CONTROL_CHUNK_SIZE = 14;
const PATH = '/interop/rest/11.1.2.3.600/applicationsnapshots/{name}/contents';

export async function uploadFile(
  system: System,
  input: UploadFileInput,
  options: UploadFileOptions,
): Promise<EpmUpload> {
  const name = requireSegment('name', input?.name);
  refuseUnknown(input, Object.keys(FIELDS));
  refuseUnknown(options, Object.keys(OPTIONS));
  const { source, chunkBytes = CHUNK_BYTES, note } = input;
  optionalWhole('chunkBytes', chunkBytes, 1);
  const directory = optionalText('directory', input.directory);
  const totalBytes = sizeOfSource('source', source, input.totalBytes);
  if (totalBytes === undefined) {
    throw new ConfigurationError('totalBytes', 'is needed for a stream: the vendor wants to know the size first.');
  }
  if (directory !== undefined && totalBytes > chunkBytes) {
    throw new ConfigurationError('source', `has ${totalBytes} bytes; into a directory it must fit into one chunk.`);
  }
  const { signal, onProgress, requestTimeoutMs = CHUNK_TIMEOUT_MS } = options;
  const call = { ...(signal ? { signal } : {}), requestTimeoutMs };
  const what = `The upload of '${name}'`;
  const requestOf = (query: { q?: string; extDirPath?: string }, content = new Uint8Array()) => ({
    ...request('post', PATH, { params: { path: { name }, query } }),
    content,
    headers: { 'content-type': 'application/octet-stream' },
  });
  const control = (fields: object) => ({ q: JSON.stringify({ ...fields, fileSize: String(totalBytes) }) });
  const finish = (last: ReturnType<typeof requestOf>) =>
    startJob(system, uploadKind, { call: 'upload a file', facts: { name }, note, request: last }, call);
  const transfer = { chunkBytes, totalBytes, onProgress, ...(signal ? { signal } : {}) };

  if (directory !== undefined) {
    const send = ({ bytes }: UploadChunk) => finish(requestOf({ extDirPath: directory }, bytes));
    const { answer: operation, ...result } = await uploadInChunks(source, { ...transfer, send });
    return { ...result, operation };
  }
  const take = async (next: ReturnType<typeof requestOf>) => {
    requireDone(system, what, await withAdvice('upload a file', system.write(next, call)));
  };
  await take(requestOf(control({ isFirst: true, isLast: false, chunkSize: CONTROL_CHUNK_SIZE })));
  let chunkNo = 0;
  const send = async ({ bytes, offset }: UploadChunk) => {
    if (bytes.byteLength === 0) return;
    chunkNo += 1;
    const range = { startRange: String(offset), endRange: String(offset + bytes.byteLength - 1), chunkNo };
    await take(requestOf(control({ isFirst: false, isLast: false, chunkSize: bytes.byteLength, ...range }), bytes));
  };
  const { answer: _, ...result } = await uploadInChunks(source, { ...transfer, send });
  const operation = await finish(requestOf(control({ isFirst: false, isLast: true, chunkSize: CONTROL_CHUNK_SIZE })));
  return { ...result, operation };
}
