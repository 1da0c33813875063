import type { components } from '../../../generated/oracle-epm.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { htmlAnswer, jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import type { Call, Route } from '../route.ts';
import { errorAnswer, jobIdOf, link } from './answers.ts';
import type { EpmJob, OracleEpmEnvironment } from './environment.ts';
import { JobAnswers, readTexts } from './job-answers.ts';
import type { OracleEpmScenario } from './scenario.ts';

type Schemas = components['schemas'];

const LIST = '/interop/rest/v2/files/list';
const DOWNLOAD = '/interop/rest/v2/files/download';
const CONTENTS = '/interop/rest/11.1.2.3.600/applicationsnapshots/{name}/contents';
const JOBS = '/interop/rest/v1/services/jobs';
const COPIES = '/interop/rest/v2/status/jobs';
const EXTERNAL = /\/|\.(?!zip$)[a-z0-9]{1,5}$/i;

interface Upload {
  readonly fileSize: number;
  readonly parts: Uint8Array<ArrayBuffer>[];
}

/** Files and snapshots inside the environment. */
export function fileRoutes(environment: OracleEpmEnvironment, scenario: OracleEpmScenario, clock: Clock): Route[] {
  const answers = new JobAnswers(environment, scenario, clock);
  const prepared = new Map<string, string>();
  const uploads = new Map<string, Upload>();

  function listFiles(call: Call): Response {
    const items = environment.names.map((name): Schemas['File'] => {
      const isExternal = EXTERNAL.test(name);
      return {
        name,
        type: isExternal ? 'EXTERNAL' : 'LCM',
        size: isExternal ? String(environment.contentOf(name).length) : null,
        lastmodifiedtime: isExternal ? '1422534438000' : null,
      };
    });
    const body: Schemas['FileList'] = {
      status: 0,
      details: null,
      items,
      links: [link('self', answers.href(call, LIST))],
    };
    return jsonAnswer(body);
  }

  function prepare(call: Call): Response {
    const request = readTexts(call, 'fileName');
    if (request instanceof Response) return request;
    const name = environment.nameOf(request.fileName);
    if (name === undefined) return answers.refused('The file does not exist');
    const job = environment.startJob();
    prepared.set(job.id, name);
    return answers.started(call, DOWNLOAD, `/interop/rest/v2/status/download/${job.id}`);
  }

  function downloadStatus(call: Call): Response {
    const ready = ({ id, ending }: EpmJob) =>
      ending !== 'never' && ending.status === 0
        ? { links: [link('Download link', answers.href(call, `${DOWNLOAD}/${id}`))] }
        : {};
    return answers.status(environment.jobs.get(jobIdOf(call)), ready);
  }

  function preparedFile(call: Call): Response {
    const name = prepared.get(jobIdOf(call));
    return name === undefined ? errorAnswer(404, 'The file does not exist') : fileAnswer(call, name);
  }

  function deletePrepared(call: Call): Response {
    const id = jobIdOf(call);
    return prepared.delete(id) ? answers.done(call, `${DOWNLOAD}/${id}`) : errorAnswer(404, 'The file does not exist');
  }

  function download(call: Call): Response {
    const name = environment.nameOf(call.params.name ?? '');
    return name === undefined ? answers.refused('The file does not exist') : fileAnswer(call, name);
  }

  function fileAnswer({ request }: Call, name: string): Response {
    const { as, hasRanges = false, breaksAfter, endsEarlyBy = 0 } = scenario.downloads ?? {};
    if (as === 'json-error') return answers.refused('The file cannot be read');
    if (as === 'html') return deviating(htmlAnswer('Sign in'), 'downloads: html');
    const whole = environment.contentOf(name);
    const [, from = ''] = /^bytes=(\d+)-$/.exec(request.headers.get('range') ?? '') ?? [];
    const etag = `"${whole.length}-${name.length}"`;
    const isRange = hasRanges && from !== '' && request.headers.get('if-range') === etag;
    const content = isRange ? whole.slice(Number(from)) : whole;
    const sent = content.slice(0, content.length - endsEarlyBy);
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': String(content.length),
      fileExtension: EXTERNAL.test(name) ? (name.split('.').at(-1) ?? '') : 'zip',
      ...(hasRanges ? { etag, 'accept-ranges': 'bytes' } : {}),
      ...(isRange ? { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` } : {}),
    };
    const body = breaksAfter === undefined || breaksAfter >= sent.length ? sent : broken(sent.slice(0, breaksAfter));
    return new Response(body, { status: isRange ? 206 : 200, headers });
  }

  async function upload(call: Call): Promise<Response> {
    const { searchParams } = call.url;
    if (!/^application\/octet-stream\b/i.test(call.request.headers.get('content-type') ?? '')) {
      return new Response(null, { status: 415 });
    }
    const name = call.params.name ?? '';
    const content = new Uint8Array(await call.request.arrayBuffer());
    const folder = searchParams.get('extDirPath');
    if (folder !== null) return takeWhole(call, `${folder}/${name}`, content);
    const q = parse(searchParams.get('q'));
    if (q === undefined) return errorAnswer(400, 'q is no JSON');
    if (q.isFirst === true) return beginUpload(call, name, Number(q.fileSize));
    const current = uploads.get(name);
    if (!current) return answers.refused('The upload was not begun');
    if (q.isLast === true) return endUpload(call, name, current);
    const received = sizeOf(current);
    const isNext =
      Number(q.startRange) === received &&
      Number(q.endRange) === received + content.length - 1 &&
      Number(q.chunkNo) === current.parts.length + 1 &&
      Number(q.chunkSize) === content.length;
    if (!isNext) return answers.refused('The chunk is not the next one');
    current.parts.push(content);
    return answers.done(call, call.url.pathname);
  }

  function beginUpload(call: Call, name: string, fileSize: number): Response {
    if (environment.names.includes(name)) return answers.refused('The file already exists');
    uploads.set(name, { fileSize, parts: [] });
    return answers.done(call, call.url.pathname);
  }

  function endUpload(call: Call, name: string, current: Upload): Response {
    uploads.delete(name);
    if (sizeOf(current) !== current.fileSize) return answers.refused('The file is not complete');
    const content = new Uint8Array(sizeOf(current));
    let at = 0;
    for (const part of current.parts) {
      content.set(part, at);
      at += part.length;
    }
    environment.put(name, content);
    if (!/\.zip$/i.test(name)) return takeWhole(call, name, content);
    const job = environment.startJob((before) => ({ ...before, files: [...before.files, name] }));
    return answers.started(call, call.url.pathname, `${JOBS}/${job.id}`);
  }

  function takeWhole(call: Call, name: string, content: Uint8Array<ArrayBuffer>): Response {
    if (environment.names.includes(name)) return answers.refused('The file already exists');
    environment.put(name, content);
    environment.change((before) => ({ ...before, files: [...before.files, name] }));
    return answers.done(call, call.url.pathname);
  }

  function deleteFile(call: Call): Response {
    // A DELETE whose body was dropped on its way (OE-28).
    if (call.body === '') return errorAnswer(400, 'fileName is missing');
    const request = readTexts(call, 'fileName');
    if (request instanceof Response) return request;
    const { fileName } = request;
    if (!environment.names.includes(fileName)) return answers.refused('The file does not exist');
    environment.remove(fileName);
    return answers.done(call, '/interop/rest/v3/files/delete');
  }

  function copyTo(call: Call): Response {
    const request = readTexts(call, 'url', 'username', 'password', 'filepath');
    if (request instanceof Response) return request;
    if (environment.nameOf(request.filepath) === undefined) return answers.refused('The file does not exist');
    return answers.started(call, '/interop/rest/v2/objectstorage/copyto', `${COPIES}/${environment.startJob().id}`);
  }

  function copyFrom(call: Call): Response {
    const request = readTexts(call, 'url', 'username', 'password', 'filepath');
    if (request instanceof Response) return request;
    const { filepath } = request;
    if (environment.names.includes(filepath)) return answers.refused('The file already exists');
    const job = environment.startJob((before) => ({ ...before, files: [...before.files, filepath] }));
    return answers.started(call, '/interop/rest/v2/objectstorage/copyfrom', `${COPIES}/${job.id}`);
  }

  return [
    answers.route('listFiles', 'GET', LIST, listFiles),
    answers.route('prepareDownload', 'POST', DOWNLOAD, prepare),
    answers.route('getDownloadStatus', 'GET', '/interop/rest/v2/status/download/{jobId}', downloadStatus),
    answers.route('getPreparedFile', 'GET', `${DOWNLOAD}/{jobId}`, preparedFile),
    answers.route('deletePreparedFile', 'DELETE', `${DOWNLOAD}/{jobId}`, deletePrepared),
    answers.route('downloadFile', 'GET', CONTENTS, download),
    answers.route('uploadFile', 'POST', CONTENTS, upload),
    answers.route('getServiceJobStatus', 'GET', `${JOBS}/{jobId}`, (call) =>
      answers.status(environment.jobs.get(jobIdOf(call))),
    ),
    answers.route('deleteFile', 'POST', '/interop/rest/v3/files/delete', deleteFile),
    answers.route('deleteFileV2', 'DELETE', '/interop/rest/v2/files/delete', deleteFile),
    answers.route('copyToObjectStorage', 'POST', '/interop/rest/v2/objectstorage/copyto', copyTo),
    answers.route('copyFromObjectStorage', 'POST', '/interop/rest/v2/objectstorage/copyfrom', copyFrom),
  ];
}

function sizeOf({ parts }: Upload): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** Ends with the error that Node's fetch reports if a connection is closed in the middle of a body. */
function broken(first: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isSent = false;
  return new ReadableStream(
    {
      pull(controller) {
        if (isSent || first.length === 0) {
          const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
          controller.error(new TypeError('terminated', { cause }));
          return;
        }
        isSent = true;
        controller.enqueue(first);
      },
    },
    { highWaterMark: 0 },
  );
}

function parse(text: string | null): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
