import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DownloadFileOptions } from '../../src/oracle-epm/index.ts';
import type { OracleEpmEmulatorOptions } from '../../src/testing/oracle-epm/emulator.ts';
import { rejection } from '../support/rejection.ts';
import { emulated, html, json, scriptedEnvironment } from './support.ts';

const NAME = 'Artifact Snapshot';
const CONTENT = Buffer.from(`PK ${NAME}\n`.repeat(64));
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const V2 = '/interop/rest/v2';
const octets = (body: BodyInit, headers = {}) =>
  new Response(body, { headers: { 'content-type': 'application/octet-stream', ...headers } });

async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

function download(options: OracleEpmEmulatorOptions = {}, how: DownloadFileOptions = {}, name = NAME) {
  const stage = emulated(options);
  return { ...stage, opened: stage.epm.files.download(name, how) };
}

const link = (rel: string, path: string) => ({
  rel,
  href: `https://epm.example.org${path}`,
  action: 'GET',
  data: null,
});
const job = (status: number, links: unknown, details: string | null = null) =>
  json({ details, status, items: null, links });
const packing = job(-1, [link('Job Status', `${V2}/status/download/42`)]);
const ready = job(0, [link('Download link', `${V2}/files/download/42`)]);

describe('in the four steps of v2', () => {
  it('the file comes as it is, with size and SHA-256, and the temporary file is deleted', async () => {
    const { opened, emulator } = download();
    const file = await opened;
    expect(file).toMatchObject({ name: NAME, totalBytes: CONTENT.length, extension: 'zip' });
    expect((await read(file.stream)).equals(CONTENT)).toBe(true);
    expect(await file.completed).toEqual({ bytes: CONTENT.length, sha256: SHA256, temporaryFileDeleted: true });
    const steps = emulator.requests.map(({ method, path }) => `${method} ${path.replace(/\d+$/, '{id}')}`);
    expect(steps.filter((step, index) => step !== steps[index - 1])).toEqual([
      `POST ${V2}/files/download`,
      `GET ${V2}/status/download/{id}`,
      `GET ${V2}/files/download/{id}`,
      `DELETE ${V2}/files/download/{id}`,
    ]);
    expect(emulator.requests[0]?.body).toBe(JSON.stringify({ fileName: NAME }));
  });

  it('a file with a folder in its name', async () => {
    const file = await download({}, {}, 'inbox/today.csv').opened;
    expect((await read(file.stream)).toString()).toContain('inbox/today.csv');
    expect(file.extension).toBe('csv');
  });

  it('one that is ready at once', async () => {
    const { epm, received } = scriptedEnvironment([ready, octets('PK'), job(0, null)]);
    const file = await epm.files.download(NAME);
    expect((await read(file.stream)).toString()).toBe('PK');
    await file.completed;
    expect(received.map(({ method }) => method)).toEqual(['POST', 'GET', 'DELETE']);
  });

  it('a job without a link to the file: its path follows from the id', async () => {
    const { epm, received } = scriptedEnvironment([packing, job(0, null), octets('PK'), job(0, null)]);
    await read((await epm.files.download(NAME)).stream);
    expect(received[2]?.url.pathname).toBe(`${V2}/files/download/42`);
  });

  it('a temporary file that stays is told, and is no failure', async () => {
    const { epm } = scriptedEnvironment([packing, ready, octets('PK'), html(503)]);
    const file = await epm.files.download(NAME);
    await read(file.stream);
    expect(await file.completed).toMatchObject({ bytes: 2, temporaryFileDeleted: false });
  });

  it('only our own origin is asked for the file, whatever host its link names (OE-5)', async () => {
    const foreign = { rel: 'Download link', href: ` https://elsewhere.invalid/x${V2}/files/download/42` };
    const { epm, received } = scriptedEnvironment([packing, job(0, [foreign]), octets('PK'), job(0, null)]);
    await read((await epm.files.download(NAME)).stream);
    expect(new Set(received.map(({ url }) => url.origin))).toEqual(new Set(['https://epm.example.org']));
  });
});

describe('in one request of v1', () => {
  it('the file comes as it is, and nothing has to be deleted', async () => {
    const { opened, emulator } = download({}, { api: 'v1' });
    const file = await opened;
    expect((await read(file.stream)).equals(CONTENT)).toBe(true);
    expect(await file.completed).toEqual({ bytes: CONTENT.length, sha256: SHA256, temporaryFileDeleted: true });
    expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /interop/rest/11.1.2.3.600/applicationsnapshots/Artifact%20Snapshot/contents',
    ]);
  });

  it('a slash in the name is encoded', async () => {
    const { opened, emulator } = download({}, { api: 'v1' }, 'inbox/today.csv');
    await read((await opened).stream);
    expect(emulator.requests[0]?.path).toContain('/applicationsnapshots/inbox%2Ftoday.csv/contents');
  });
});

describe('an answer that is no file is an error (OE-27)', () => {
  it.each(['v1', 'v2'] as const)('JSON under 200 with the text of the vendor, %s', async (api) => {
    const { opened, emulator } = download({ scenario: { downloads: { as: 'json-error' } } }, { api });
    expect(await rejection(opened)).toMatchObject({
      name: 'ApiError',
      status: 200,
      errors: [{ message: 'The file cannot be read', code: '1' }],
    });
    const deleted = emulator.requests.filter(({ method }) => method === 'DELETE');
    expect(deleted).toHaveLength(api === 'v2' ? 1 : 0);
  });

  it.each(['v1', 'v2'] as const)('a page, %s', async (api) => {
    const { opened } = download({ scenario: { downloads: { as: 'html' } } }, { api });
    expect(await rejection(opened)).toMatchObject({ name: 'UnexpectedResponseError', status: 200 });
  });

  it.each(['v1', 'v2'] as const)('a file that is not there, %s', async (api) => {
    const { opened } = download({}, { api }, 'no such file');
    expect(await rejection(opened)).toMatchObject({
      name: 'ApiError',
      errors: [{ message: 'The file does not exist' }],
    });
  });

  it('a snapshot that cannot be packed', async () => {
    const ending = { status: 3, details: 'No space left' };
    const { opened } = download({ scenario: { job: { ending } } });
    expect(await rejection(opened)).toMatchObject({
      name: 'ApiError',
      started: 'no',
      errors: [{ message: 'No space left', code: '3' }],
    });
  });

  it.each([
    ['no status', json({ items: [] })],
    ['no link to its job', job(-1, null)],
    ['the error of a gateway', json({ detail: 'upstream unavailable', status: 503 })],
    ['a page', html()],
  ])('%s at the first step', async (_, answer) => {
    const { epm, received } = scriptedEnvironment([answer]);
    expect(await rejection(epm.files.download(NAME))).toMatchObject({ name: 'UnexpectedResponseError' });
    expect(received).toHaveLength(1);
  });

  it('the file of another download', async () => {
    const other = job(0, [link('Download link', `${V2}/files/download/99`)]);
    const { epm, received } = scriptedEnvironment([packing, other]);
    expect(await rejection(epm.files.download(NAME))).toMatchObject({ name: 'IncompleteTransferError' });
    expect(received.some(({ url }) => url.pathname.endsWith('/99'))).toBe(false);
  });

  it('an address that is no download', async () => {
    const other = job(0, [link('Download link', `${V2}/backups/list`)]);
    const { epm } = scriptedEnvironment([other]);
    expect(await rejection(epm.files.download(NAME))).toMatchObject({ name: 'UntrustedLocationError' });
  });
});

describe('a download that breaks off', () => {
  it.each(['v1', 'v2'] as const)('is no whole file, and the temporary file is deleted, %s', async (api) => {
    const { opened, emulator } = download({ scenario: { downloads: { breaksAfter: 100 } } }, { api });
    const file = await opened;
    expect(await rejection(read(file.stream))).toMatchObject({ name: 'IncompleteTransferError', bytes: 100 });
    expect(await rejection(file.completed)).toMatchObject({ reason: 'connection' });
    expect(emulator.requests.at(-1)?.method).toBe(api === 'v2' ? 'DELETE' : 'GET');
  });

  it('is noticed by its length', async () => {
    const file = await download({ scenario: { downloads: { endsEarlyBy: 1 } } }).opened;
    expect(await rejection(read(file.stream))).toMatchObject({ reason: 'length', bytes: CONTENT.length - 1 });
  });

  it('goes on where the server has ranges', async () => {
    const { opened, emulator } = download({ scenario: { downloads: { breaksAfter: 500, hasRanges: true } } });
    const file = await opened;
    expect((await read(file.stream)).equals(CONTENT)).toBe(true);
    expect((await file.completed).sha256).toBe(SHA256);
    const ranges = emulator.requests.map(({ headers }) => headers.range).filter(Boolean);
    expect(ranges).toEqual(['bytes=500-', 'bytes=1000-']);
  });

  it('is deleted too if its reader stops', async () => {
    const { opened, emulator } = download();
    const file = await opened;
    await file.stream.cancel();
    expect(await rejection(file.completed)).toMatchObject({ reason: 'canceled' });
    expect(emulator.requests.at(-1)?.method).toBe('DELETE');
  });

  it('ends while it is packed, if the signal says so', async () => {
    const control = new AbortController();
    const { opened, clock } = download({ scenario: { job: { ending: 'never' } } }, { signal: control.signal });
    clock.sleep(60_000).then(() => control.abort(new Error('enough')));
    expect(await rejection(opened)).toEqual(new Error('enough'));
  });

  it('a server that is down while it packs is waited for', async () => {
    const { epm } = scriptedEnvironment([packing, html(503), html(503), ready, octets('PK'), job(0, null)]);
    expect((await read((await epm.files.download(NAME)).stream)).toString()).toBe('PK');
  });

  it('a first step without an answer is told as such, and not sent again', async () => {
    const { epm, received } = scriptedEnvironment([html(502)]);
    expect(await rejection(epm.files.download(NAME))).toMatchObject({ name: 'WriteOutcomeUnknownError' });
    expect(received).toHaveLength(1);
  });
});

it.each<[string, string, DownloadFileOptions]>([
  ['name', '', {}],
  ['name', '..', {}],
  ['api', NAME, { api: 'v3' as never }],
  ['idleTimeoutMs', NAME, { idleTimeoutMs: -1, api: 'v1' }],
  ['retries', NAME, { retries: 3 } as never],
])('a wrong %s is refused before anything is sent', async (field, name, how) => {
  const { opened, emulator } = download({}, how, name);
  expect(await rejection(opened)).toMatchObject({ name: 'ConfigurationError', field });
  expect(emulator.requests).toEqual([]);
});

it('an environment without the call says so (OE-25)', async () => {
  const { epm } = scriptedEnvironment([json({ details: 'Not found', status: 1 }, 404)]);
  const error = await rejection(epm.files.download(NAME));
  expect(error).toMatchObject({ name: 'NotFoundError' });
  expect((error as Error).message).toMatch(/does not have the call to download a file \(v2; `api: 'v1'` is older\)/);
});

it('a file that is not there is not reported as a missing call', async () => {
  const { epm } = scriptedEnvironment([json({ details: 'No such file', status: 1 }, 404)]);
  const error = await rejection(epm.files.download(NAME, { api: 'v1' }));
  expect(error).toMatchObject({ name: 'NotFoundError', errors: [{ message: 'No such file' }] });
  expect((error as Error).message).not.toMatch(/does not have the call/);
});
