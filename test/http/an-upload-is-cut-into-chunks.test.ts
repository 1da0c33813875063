import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type UploadChunk, type UploadSource, uploadInChunks } from '../../src/http/upload.ts';
import { runs } from '../support/effort.ts';
import { rejection } from '../support/rejection.ts';

const FILE = new Uint8Array(Array.from({ length: 1000 }, (_, index) => index % 251));
const SHA256 = createHash('sha256').update(FILE).digest('hex');

function stream(...pieces: readonly (Uint8Array | string)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece as Uint8Array);
      controller.close();
    },
  });
}

async function upload(source: UploadSource, options: { chunkBytes?: number; totalBytes?: number } = {}) {
  const chunks: UploadChunk[] = [];
  const seen: unknown[] = [];
  const work = uploadInChunks(source, {
    chunkBytes: 400,
    ...options,
    onProgress: (progress) => seen.push(progress),
    send: async (chunk) => {
      chunks.push({ ...chunk, bytes: chunk.bytes.slice() });
      return chunks.length;
    },
  });
  return { chunks, seen, work };
}

const sources: Readonly<Record<string, () => UploadSource>> = {
  bytes: () => FILE,
  'a Blob': () => new Blob([FILE]),
  'a web stream': () => stream(FILE.subarray(0, 7), FILE.subarray(7, 900), FILE.subarray(900)),
  'a stream of Node': () => Readable.from([Buffer.from(FILE.subarray(0, 999)), Buffer.from(FILE.subarray(999))]),
};

describe.each(Object.entries(sources))('%s', (name, source) => {
  it('arrives in chunks of one size and in order, with size and SHA-256 at the end', async () => {
    const { chunks, work } = await upload(source());
    expect(await work).toEqual({ bytes: 1000, sha256: SHA256, answer: 3 });
    expect(Buffer.concat(chunks.map(({ bytes }) => bytes)).equals(FILE)).toBe(true);
    expect(chunks.map(({ offset, bytes, isFirst, isLast }) => [offset, bytes.length, isFirst, isLast])).toEqual([
      [0, 400, true, false],
      [400, 400, false, false],
      [800, 200, false, true],
    ]);
    const total = name === 'bytes' || name === 'a Blob' ? 1000 : undefined;
    expect(chunks.map(({ totalBytes }) => totalBytes)).toEqual([total, total, total]);
  });

  it('tells its progress after each chunk', async () => {
    const { seen, work } = await upload(source(), { totalBytes: 1000 });
    await work;
    expect(seen).toEqual([400, 800, 1000].map((bytes) => ({ bytes, totalBytes: 1000 })));
  });
});

it('whatever the pieces of the source are, the chunks are the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      async (pieces, chunkBytes, isTold) => {
        const whole = Buffer.concat(pieces);
        const { chunks, work } = await upload(
          stream(...pieces),
          isTold ? { chunkBytes, totalBytes: whole.length } : { chunkBytes },
        );
        const { sha256, bytes } = await work;
        expect(sha256).toBe(createHash('sha256').update(whole).digest('hex'));
        expect(bytes).toBe(whole.length);
        expect(Buffer.concat(chunks.map((chunk) => chunk.bytes)).equals(whole)).toBe(true);
        expect(chunks.filter(({ isLast }) => isLast)).toHaveLength(1);
        expect(chunks.at(-1)?.isLast).toBe(true);
        expect(chunks.slice(0, -1).every((chunk) => chunk.bytes.length === chunkBytes)).toBe(true);
      },
    ),
    { numRuns: runs(100) },
  );
});

it('an empty source is one empty chunk', async () => {
  const { chunks, work } = await upload(new Uint8Array());
  await work;
  expect(chunks).toMatchObject([{ offset: 0, isFirst: true, isLast: true }]);
});

describe('the last chunk is not sent', () => {
  it.each<[string, UploadSource, number]>([
    ['if the source is shorter than announced', stream(FILE), 1001],
    ['if the source is longer than announced', stream(FILE), 999],
    ['if the source is longer by more than a chunk', stream(FILE), 100],
    ['if the source fails', failing(), 1000],
    ['if the source yields no bytes', stream(FILE.subarray(0, 900), 'text'), 1000],
  ])('%s', async (_, source, totalBytes) => {
    const { chunks, work } = await upload(source, { totalBytes });
    expect(await rejection(work)).toMatchObject({
      name: 'IncompleteTransferError',
      reason: 'source',
      isRetryable: false,
    });
    expect(chunks.some(({ isLast }) => isLast)).toBe(false);
  });
});

async function* failing(): AsyncGenerator<Uint8Array> {
  yield FILE;
  throw new Error('EIO: i/o error, read');
}

it('ends with the error of a chunk, and closes the source', async () => {
  let isClosed = false;
  const source = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(FILE),
    cancel: () => {
      isClosed = true;
    },
  });
  const send = async () => {
    throw new RangeError('full');
  };
  expect(await rejection(uploadInChunks(source, { chunkBytes: 400, send }))).toEqual(new RangeError('full'));
  expect(isClosed).toBe(true);
});

it('a signal ends it before the next chunk', async () => {
  const control = new AbortController();
  const sent: number[] = [];
  const work = uploadInChunks(FILE, {
    chunkBytes: 400,
    signal: control.signal,
    send: async ({ offset }) => {
      sent.push(offset);
      control.abort(new Error('enough'));
    },
  });
  expect(await rejection(work)).toEqual(new Error('enough'));
  expect(sent).toEqual([0]);
});

it.each<[string, unknown, { totalBytes?: number }, string]>([
  ['a path', '/tmp/file', {}, 'source'],
  ['null', null, {}, 'source'],
  ['a list', [1, 2], {}, 'source'],
  ['another size', FILE, { totalBytes: 999 }, 'totalBytes'],
  ['half a byte', stream(FILE), { totalBytes: 0.5 }, 'totalBytes'],
])('%s is refused by name', async (_, source, options, field) => {
  const { chunks, work } = await upload(source as UploadSource, options);
  expect(await rejection(work)).toMatchObject({ name: 'ConfigurationError', field });
  expect(chunks).toEqual([]);
});

it('a stream that somebody reads is refused', async () => {
  const source = stream(FILE);
  source.getReader();
  const { work } = await upload(source);
  expect(await rejection(work)).toMatchObject({ name: 'ConfigurationError', field: 'source' });
});
