import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { UploadFileInput } from '../../src/oracle-epm/index.ts';
import type { OracleEpmEmulatorOptions } from '../../src/testing/oracle-epm/emulator.ts';
import { rejection } from '../support/rejection.ts';
import { emulated, html, json, scriptedEnvironment } from './support.ts';

const FILE = new Uint8Array(Array.from({ length: 1000 }, (_, index) => index % 251));
const SHA256 = createHash('sha256').update(FILE).digest('hex');
const done = json({ details: null, status: 0, items: null, links: null });

function upload(input: Partial<UploadFileInput> = {}, options: OracleEpmEmulatorOptions = {}) {
  const stage = emulated(options);
  const seen: unknown[] = [];
  const onProgress = (progress: unknown) => seen.push(progress);
  const work = stage.epm.files.upload({ name: 'April.zip', source: FILE, chunkBytes: 400, ...input }, { onProgress });
  return { ...stage, seen, work };
}

const qOf = (url: string | URL) => JSON.parse(new URL(url).searchParams.get('q') ?? 'null');

it('a snapshot arrives in chunks, with size and SHA-256, and is then unpacked', async () => {
  const { work, emulator, epm, seen } = upload({ note: 'T-1' });
  const { operation, ...result } = await work;
  expect(result).toEqual({ bytes: 1000, sha256: SHA256 });
  expect(emulator.requests.map(({ url }) => qOf(url))).toEqual([
    { isFirst: true, isLast: false, chunkSize: 14, fileSize: '1000' },
    { isFirst: false, isLast: false, chunkSize: 400, startRange: '0', endRange: '399', chunkNo: 1, fileSize: '1000' },
    { isFirst: false, isLast: false, chunkSize: 400, startRange: '400', endRange: '799', chunkNo: 2, fileSize: '1000' },
    { isFirst: false, isLast: false, chunkSize: 200, startRange: '800', endRange: '999', chunkNo: 3, fileSize: '1000' },
    { isFirst: false, isLast: true, chunkSize: 14, fileSize: '1000' },
  ]);
  expect(new Set(emulator.requests.map(({ headers }) => headers['content-type']))).toEqual(
    new Set(['application/octet-stream']),
  );
  expect(seen).toEqual([400, 800, 1000].map((bytes) => ({ bytes, totalBytes: 1000 })));
  expect(operation).toMatchObject({ kind: 'oracle-epm/upload', note: 'T-1' });
  expect((await waitForCompletion(operation)).result.aftermath).toEqual([
    "'April.zip' is among the files of the environment.",
  ]);
  const file = await epm.files.download('April.zip');
  for await (const _ of file.stream);
  expect((await file.completed).sha256).toBe(SHA256);
});

it('a file that is not unpacked has ended at once', async () => {
  const { work, emulator } = upload({ name: 'data.csv' });
  const { operation } = await work;
  const requests = emulator.requests.length;
  expect((await operation.poll()).state).toBe('succeeded');
  expect(emulator.requests).toHaveLength(requests);
});

it.each<[string, UploadFileInput['source']]>([
  ['a Blob', new Blob([FILE])],
  ['a web stream', new Blob([FILE]).stream()],
])('%s', async (_, source) => {
  expect(await upload({ source, totalBytes: 1000 }).work).toMatchObject({ bytes: 1000, sha256: SHA256 });
});

it('into a folder it is one request', async () => {
  const { work, emulator } = upload({ name: 'data.csv', directory: 'inbox', chunkBytes: 1000 });
  expect(await work).toMatchObject({ bytes: 1000, sha256: SHA256 });
  expect(emulator.requests.map(({ url }) => new URL(url).search)).toEqual(['?extDirPath=inbox']);
  expect(emulator.environment.files).toContain('inbox/data.csv');
});

it('an empty file', async () => {
  const { work, emulator } = upload({ name: 'empty.csv', source: new Uint8Array() });
  expect(await work).toMatchObject({ bytes: 0 });
  expect(emulator.environment.files).toContain('empty.csv');
});

it('a snapshot that cannot be unpacked is a failed job', async () => {
  const ending = { status: 1, details: 'Not an archive' };
  const { operation } = await upload({}, { scenario: { job: { ending } } }).work;
  expect(await rejection(waitForCompletion(operation))).toMatchObject({
    name: 'OperationFailedError',
    failure: { message: 'Not an archive' },
  });
});

describe('an upload that goes wrong is never finished', () => {
  const isLast = (url: string | URL) => qOf(url)?.isLast === true;

  it('a name that is taken is refused by the vendor (OE-1)', async () => {
    const { work, emulator } = upload({ name: 'Artifact Snapshot' });
    expect(await rejection(work)).toMatchObject({ name: 'ApiError', errors: [{ message: 'The file already exists' }] });
    expect(emulator.requests).toHaveLength(1);
  });

  it.each<[string, Partial<UploadFileInput>]>([
    ['a stream that is shorter than told', { source: new Blob([FILE]).stream(), totalBytes: 1001 }],
    ['a stream that is longer than told', { source: new Blob([FILE]).stream(), totalBytes: 999 }],
    ['a stream that fails', { source: failing(), totalBytes: 1000 }],
  ])('%s', async (_, input) => {
    const { work, emulator } = upload(input);
    expect(await rejection(work)).toMatchObject({ name: 'IncompleteTransferError', reason: 'source' });
    expect(emulator.requests.some(({ url }) => isLast(url))).toBe(false);
    expect(emulator.environment.files).not.toContain('April.zip');
  });

  it('a chunk without an answer is told as such, and not sent again', async () => {
    const { epm, received } = scriptedEnvironment([done, done, html(502)]);
    const error = await rejection(epm.files.upload({ name: 'a.zip', source: FILE, chunkBytes: 400 }));
    expect(error).toMatchObject({ name: 'WriteOutcomeUnknownError', method: 'POST' });
    expect(received).toHaveLength(3);
  });

  it('a chunk that is refused', async () => {
    const refusal = json({ details: 'Quota exceeded', status: 4, items: null, links: null });
    const { epm, received } = scriptedEnvironment([done, refusal]);
    expect(await rejection(epm.files.upload({ name: 'a.zip', source: FILE }))).toMatchObject({
      errors: [{ message: 'Quota exceeded', code: '4' }],
    });
    expect(received).toHaveLength(2);
  });

  it('a last request without an answer', async () => {
    const { epm, received } = scriptedEnvironment([done, done, html(502)]);
    const error = await rejection(epm.files.upload({ name: 'a.zip', source: FILE }));
    expect(error).toMatchObject({ name: 'StartOutcomeUnknownError' });
    expect(received).toHaveLength(3);
  });

  it.each([
    ['a page', html()],
    ['-1 for a chunk', json({ details: null, status: -1, items: null, links: null })],
    ['the error of a gateway', json({ detail: 'upstream unavailable', status: 503 })],
  ])('%s is no answer to a chunk', async (_, answer) => {
    const { epm } = scriptedEnvironment([done, answer]);
    expect(await rejection(epm.files.upload({ name: 'a.zip', source: FILE }))).toMatchObject({
      name: 'UnexpectedResponseError',
    });
  });
});

async function* failing(): AsyncGenerator<Uint8Array> {
  yield FILE;
  throw new Error('EIO: i/o error, read');
}

it.each<[string, Partial<UploadFileInput>]>([
  ['name', { name: '' }],
  ['source', { source: '/tmp/april.zip' as never }],
  ['source', { directory: 'inbox' }],
  ['totalBytes', { source: new Blob([FILE]).stream() }],
  ['totalBytes', { totalBytes: 5 }],
  ['chunkBytes', { chunkBytes: 0 }],
  ['directory', { directory: ' ' }],
  ['overwrite', { overwrite: true } as never],
])('a wrong %s is refused before anything is sent', async (field, input) => {
  const { work, emulator } = upload(input);
  expect(await rejection(work)).toMatchObject({ name: 'ConfigurationError', field });
  expect(emulator.requests).toEqual([]);
});
