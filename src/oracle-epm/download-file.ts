import { makeOperation } from '../client/make-operation.ts';
import { ownId } from '../client/own-path.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { IncompleteTransferError } from '../errors/incomplete-transfer-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { type Download, type DownloadOptions, openDownload } from '../http/download.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { TransferResult } from '../http/transfer.ts';
import { waitForCompletion } from '../operation/wait-for-completion.ts';
import { isObject } from '../protocols/poll-response.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { isEnvelope } from './envelope.ts';
import { withAdvice } from './explain-error.ts';
import { hrefOf, jobAddress, jobHref, readableHref } from './job-address.ts';
import { jobKind } from './job-kinds.ts';
import { refusalIn, refused } from './refusal.ts';
import { request } from './traits.ts';

export interface DownloadFileOptions extends DownloadOptions {
  /**
   * - 'v2': in four steps, for files of any size. The server packs a snapshot first, which may take minutes.
   * - 'v1': in one request, for files up to 1 GB.
   *
   * @default 'v2'
   */
  readonly api?: 'v2' | 'v1' | undefined;
}

/** The end of a download. */
export interface EpmDownloadResult extends TransferResult {
  /**
   * Whether the temporary file of the server was deleted. Always true with `api: 'v1'`, which makes none. The vendor
   * documents the deletion for snapshots only.
   */
  readonly temporaryFileDeleted: boolean;
}

/** A snapshot or file on its way. Read `stream` to its end, or cancel it. */
export interface EpmDownload extends Omit<Download, 'headers' | 'completed'> {
  readonly name: string;
  /** The extension for a file on this machine, such as `zip`, if the server tells it. */
  readonly extension?: string;
  /** Size, SHA-256, and whether the temporary file was deleted. Rejects as the stream does. */
  readonly completed: Promise<EpmDownloadResult>;
}

const FIELDS: Readonly<Record<keyof DownloadFileOptions, true>> = {
  signal: true,
  requestTimeoutMs: true,
  idleTimeoutMs: true,
  onProgress: true,
  resume: true,
  api: true,
};
const PREPARED = /^[^?]*\/interop\/rest\/[\w.]+\/files\/download\/([^/?]+)\/?(?:\?.*)?$/;

/** The packing of a file. It is not resumable by itself, so no handle of it exists. */
const prepareKind = jobKind<{ readonly links: unknown }>({
  name: 'prepare-download',
  what: ({ name }) => `the download of ${name}`,
  folder: '/interop/rest/v2/status/download/',
  check: 'Download it again.',
  report: () => ({ result: (_, { links }) => ({ links }) }),
});

export async function downloadFile(system: System, name: string, options: DownloadFileOptions): Promise<EpmDownload> {
  const fileName = requireSegment('name', name);
  refuseUnknown(options, Object.keys(FIELDS));
  const { api = 'v2', ...transfer } = options;
  if (api !== 'v2' && api !== 'v1') throw new ConfigurationError('api', "must be 'v2' or 'v1'.");
  return api === 'v1' ? readAtOnce(system, fileName, transfer) : readPrepared(system, fileName, transfer);
}

async function readAtOnce(system: System, name: string, options: DownloadOptions): Promise<EpmDownload> {
  const path = '/interop/rest/11.1.2.3.600/applicationsnapshots/{name}/contents';
  const download = await open(system, name, request('get', path, { params: { path: { name } } }), options);
  const completed = download.completed.then((result) => ({ ...result, temporaryFileDeleted: true }));
  return asDownload(name, download, completed);
}

async function readPrepared(system: System, name: string, options: DownloadOptions): Promise<EpmDownload> {
  const id = await prepare(system, name, options);
  const params = { path: { jobId: id } };
  const remove = () => deletePrepared(system, id);
  try {
    const file = request('get', '/interop/rest/v2/files/download/{jobId}', { params });
    const download = await open(system, name, file, options);
    const completed = download.completed.then(
      async (result) => ({ ...result, temporaryFileDeleted: await remove() }),
      async (error) => {
        await remove();
        throw error;
      },
    );
    return asDownload(name, download, completed);
  } catch (error) {
    await remove();
    throw error;
  }
}

function open(
  system: System,
  name: string,
  file: ReturnType<typeof request>,
  options: DownloadOptions,
): Promise<Download> {
  return openDownload(system.transport, file, {
    ...options,
    mode: 'read',
    refusal: (answer) => refusalIn(system, `The download of '${name}'`, answer),
  });
}

function asDownload(name: string, download: Download, completed: Promise<EpmDownloadResult>): EpmDownload {
  // The stream fails with the same error, so nobody has to wait for both.
  completed.catch(() => undefined);
  const { headers, ...file } = download;
  const extension = headers.get('fileextension') ?? '';
  return { ...file, name, completed, ...(extension === '' ? {} : { extension }) };
}

/** The first two steps. Returns the id of the file that is ready. */
async function prepare(system: System, name: string, options: DownloadOptions): Promise<string> {
  const { signal } = options;
  const what = `The download of '${name}'`;
  const call = { ...(signal ? { signal } : {}) };
  const first = request('post', '/interop/rest/v2/files/download', { body: { fileName: name } });
  const answer = await withAdvice("download a file (v2; `api: 'v1'` is older)", system.write(first, call));
  const refusal = refusalIn(system, what, answer);
  if (refusal) throw refusal;
  const body = isObject(answer.body) && isEnvelope(answer.body) ? answer.body : {};
  const code = toStatusCode(body.status);
  // A file that need not be packed may be ready at once.
  if (code === 0) return preparedId(system, body.links, undefined);
  const href = jobHref(body.links);
  if (code !== -1 || href === undefined) {
    throw system.transport.unexpected(`${what} was answered without a status, or without a link to its job.`, answer);
  }
  const { id, path } = jobAddress(href, { base: system.transport.base, redactor: system.transport.redactor });
  const startedAt = new Date(system.clock.now());
  const operation = makeOperation(system, prepareKind, { id, startedAt, facts: { path, name } });
  try {
    const { result } = await waitForCompletion(operation, call);
    return preparedId(system, result.links, id);
  } catch (error) {
    signal?.throwIfAborted();
    if (OperationFailedError.isInstance(error)) {
      const { code: status, message: details } = error.failure ?? {};
      throw refused(system, what, { status, details });
    }
    if (!OutcomeUnknownError.isInstance(error)) throw error;
    throw new IncompleteTransferError(`${what} was not made ready. ${error.message}`, {
      reason: 'connection',
      bytes: 0,
      cause: error,
    });
  }
}

/** The id of the file in its link. A link to the file of another download is refused. */
function preparedId(system: System, links: unknown, expected: string | undefined): string {
  const { base, redactor } = system.transport;
  const href = hrefOf(links, /^download\s*link$/i);
  // The path of the file follows from the id of its job.
  if (href === undefined && expected !== undefined) return expected;
  const id = ownId(readableHref(href ?? '', base), { base, redactor, family: PREPARED });
  if (expected === undefined || id === expected) return id;
  throw new IncompleteTransferError('The server names the file of another download.', { reason: 'changed', bytes: 0 });
}

/** The last step. A file that stays there disturbs nobody, so a failure is no error. */
async function deletePrepared(system: System, id: string): Promise<boolean> {
  try {
    const path = '/interop/rest/v2/files/download/{jobId}';
    const { body } = await system.write(request('delete', path, { params: { path: { jobId: id } } }));
    return isObject(body) && toStatusCode(body.status) === 0;
  } catch {
    return false;
  }
}
