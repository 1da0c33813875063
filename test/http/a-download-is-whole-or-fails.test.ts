import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DownloadCall, openDownload } from '../../src/http/download.ts';
import type { FetchLike } from '../../src/http/fetch-like.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';
import { type Answer, scriptedServer } from '../support/scripted-server.ts';
import { TOKEN, transportTo } from './transport.ts';

const FILE = new Uint8Array(Array.from({ length: 1000 }, (_, index) => index % 251));
const SHA256 = createHash('sha256').update(FILE).digest('hex');
const REQUEST = { method: 'GET', path: '/file' };
const OCTETS = { 'content-type': 'application/octet-stream' };
const WHOLE = { ...OCTETS, 'content-length': '1000' };
const RANGES = { ...WHOLE, 'accept-ranges': 'bytes', etag: '"v1"' };

/** A body of these pieces. It ends cleanly, breaks, or hangs. */
function body(pieces: readonly Uint8Array[], end: 'close' | 'error' | 'hang' = 'close'): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = left.shift();
      if (piece) controller.enqueue(piece);
      else if (end === 'close') controller.close();
      else if (end === 'error') {
        controller.error(
          new TypeError('terminated', { cause: Object.assign(new Error('closed'), { code: 'ECONNRESET' }) }),
        );
      } else return new Promise(() => undefined);
      return undefined;
    },
  });
}

const answer = (content: BodyInit | null, headers: Record<string, string>, status = 200) => {
  return () => new Response(content, { status, headers });
};

function download(script: Answer | readonly Answer[], call: Partial<DownloadCall> = {}, clock = virtualClock()) {
  const server = scriptedServer(script);
  return { opened: openDownload(transportTo(server.fetch, clock), REQUEST, { mode: 'read', ...call }), ...server };
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

describe('a whole file', () => {
  it('comes as a stream, with its size and its SHA-256 at the end', async () => {
    const pieces = [FILE.subarray(0, 300), FILE.subarray(300, 301), new Uint8Array(), FILE.subarray(301)];
    const file = await download(answer(body(pieces), WHOLE)).opened;
    expect(file).toMatchObject({ totalBytes: 1000, contentType: 'application/octet-stream' });
    expect(Buffer.from(await read(file.stream)).equals(FILE)).toBe(true);
    expect(await file.completed).toEqual({ bytes: 1000, sha256: SHA256 });
  });

  it('tells its progress, with the total where the server tells it', async () => {
    const seen: unknown[] = [];
    const onProgress = (progress: unknown) => seen.push(progress);
    const pieces = [FILE.subarray(0, 400), FILE.subarray(400)];
    await read((await download(answer(body(pieces), WHOLE), { onProgress }).opened).stream);
    await read((await download(answer(body(pieces), OCTETS), { onProgress }).opened).stream);
    expect(seen).toEqual([
      { bytes: 400, totalBytes: 1000 },
      { bytes: 1000, totalBytes: 1000 },
      { bytes: 400 },
      { bytes: 1000 },
    ]);
  });

  it('is not stopped by a progress handler that throws', async () => {
    const onProgress = () => {
      throw new Error('the display is gone');
    };
    const file = await download(answer(FILE, WHOLE), { onProgress }).opened;
    await read(file.stream);
    expect((await file.completed).sha256).toBe(SHA256);
  });

  it('is asked for as it is stored, with the login of the client', async () => {
    const { opened, received } = download(answer(FILE, WHOLE));
    await read((await opened).stream);
    const headers = Object.fromEntries(received[0]?.headers ?? []);
    expect(headers).toMatchObject({ accept: '*/*', 'accept-encoding': 'identity', authorization: `Bearer ${TOKEN}` });
  });

  it('may be empty, and may have no content type', async () => {
    const empty = await download(answer(null, { ...OCTETS, 'content-length': '0' })).opened;
    expect((await read(empty.stream)).length).toBe(0);
    expect(await empty.completed).toMatchObject({ bytes: 0 });
    const untyped = await download(() => new Response(body([FILE.subarray(0, 10), FILE.subarray(10)]))).opened;
    expect(Buffer.from(await read(untyped.stream)).equals(FILE)).toBe(true);
    expect(await untyped.completed).toEqual({ bytes: 1000, sha256: SHA256 });
  });

  it('is read no faster than its reader reads', async () => {
    let pulled = 0;
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(FILE);
        },
      },
      { highWaterMark: 0 },
    );
    const file = await download(answer(source, OCTETS)).opened;
    const reader = file.stream.getReader();
    await reader.read();
    await new Promise(setImmediate);
    expect(pulled).toBe(1);
    await reader.cancel();
  });
});

describe('what is no file is an error', () => {
  it.each<[string, BodyInit, Record<string, string>]>([
    ['JSON', '{"status":1,"details":"no such file"}', { 'content-type': 'application/json;charset=UTF-8' }],
    ['JSON of a kind of its own', '{"title":"no"}', { 'content-type': 'application/problem+json' }],
    ['a page', '<html>Sign in</html>', { 'content-type': 'text/html' }],
    ['JSON without a content type', '\n {"status":1}', {}],
    ['a page without a content type', '<!DOCTYPE html><p>Down', {}],
  ])('%s', async (_, content, headers) => {
    const script = () => new Response(new TextEncoder().encode(String(content)), { headers });
    const error = await rejection(download(script).opened);
    expect(error).toMatchObject({ name: 'UnexpectedResponseError', status: 200 });
    expect(error).toHaveProperty('excerpt', String(content));
  });

  it('is shown without secrets, and read within bounds', async () => {
    const long = `<html>${TOKEN} ${'x'.repeat(3_000_000)}`;
    let sent = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new TextEncoder().encode(sent === 1 ? long.slice(0, 60_000) : 'x'.repeat(60_000)));
      },
    });
    const error = await rejection(download(answer(source, { 'content-type': 'text/html' })).opened);
    expect(JSON.stringify(error)).not.toContain(TOKEN);
    expect(sent).toBeLessThan(25);
  });

  it('becomes the error that the system makes of it', async () => {
    const refusal = (told: { readonly body: unknown }) => new RangeError(JSON.stringify(told.body));
    const script = answer('{"details":"gone"}', { 'content-type': 'application/json' });
    expect(await rejection(download(script, { refusal }).opened)).toEqual(new RangeError('{"details":"gone"}'));
  });

  it.each([404, 503])('HTTP %i is the usual error of the client', async (status) => {
    const error = await rejection(download(answer('no', OCTETS, status), { mode: 'poll' }).opened);
    expect(error).toMatchObject({ status, isRestoreKitError: true });
  });

  it('a part that nobody asked for', async () => {
    const script = answer(FILE.subarray(0, 10), { ...OCTETS, 'content-range': 'bytes 0-9/1000' }, 206);
    expect(await rejection(download(script).opened)).toMatchObject({ name: 'UnexpectedResponseError', status: 206 });
  });
});

describe('a body that breaks off is never taken for the file', () => {
  const head = FILE.subarray(0, 400);

  it.each<[string, ReadableStream<Uint8Array>, Record<string, string>, object]>([
    ['the connection is lost', body([head], 'error'), OCTETS, { reason: 'connection', bytes: 400 }],
    ['it ends before its length', body([head]), WHOLE, { reason: 'length', bytes: 400, totalBytes: 1000 }],
    ['it is longer than its length', body([FILE, head]), WHOLE, { reason: 'length', bytes: 1000 }],
    ['nothing comes any more', body([head], 'hang'), WHOLE, { reason: 'idle', bytes: 400 }],
  ])('%s', async (_, content, headers, expected) => {
    const file = await download(answer(content, headers)).opened;
    const error = await rejection(read(file.stream));
    expect(error).toMatchObject({ name: 'IncompleteTransferError', started: 'no', isRetryable: true, ...expected });
    expect(await rejection(file.completed)).toBe(error);
  });

  it('waits for the next piece by the clock of the client, as long as it is told', async () => {
    const clock = virtualClock();
    const began = clock.now();
    const file = await download(answer(body([head], 'hang'), WHOLE), { idleTimeoutMs: 5_000 }, clock).opened;
    expect(await rejection(read(file.stream))).toMatchObject({ reason: 'idle' });
    expect(clock.now() - began).toBe(5_000);
  });

  it('holds no length against a body that a proxy has packed', async () => {
    const headers = { ...OCTETS, 'content-length': '77', 'content-encoding': 'gzip' };
    const file = await download(answer(body([FILE]), headers)).opened;
    expect(file.totalBytes).toBeUndefined();
    await read(file.stream);
    expect((await file.completed).bytes).toBe(1000);
  });
});

describe('a signal', () => {
  it('ends a download in the middle, with its reason', async () => {
    const control = new AbortController();
    const file = await download(answer(body([FILE], 'hang'), OCTETS), { signal: control.signal }).opened;
    const reader = file.stream.getReader();
    await reader.read();
    const next = rejection(reader.read());
    control.abort(new Error('enough'));
    expect(await next).toEqual(new Error('enough'));
    expect(await rejection(file.completed)).toEqual(new Error('enough'));
  });

  it('closes the connection, also if nobody reads', async () => {
    let isClosed = false;
    const source = new ReadableStream<Uint8Array>({
      cancel: () => {
        isClosed = true;
      },
    });
    const control = new AbortController();
    await download(answer(source, OCTETS), { signal: control.signal }).opened;
    control.abort(new Error('enough'));
    await new Promise(setImmediate);
    expect(isClosed).toBe(true);
  });

  it('is not needed by a reader that stops', async () => {
    const file = await download(answer(body([FILE], 'hang'), OCTETS)).opened;
    for await (const _ of file.stream) break;
    expect(await rejection(file.completed)).toMatchObject({ reason: 'canceled', isRetryable: false });
  });
});

describe('a download goes on where it broke off', () => {
  const rest = (from: number, headers: Record<string, string> = {}) => {
    const range = { 'content-range': `bytes ${from}-999/1000`, 'content-length': String(1000 - from) };
    return answer(body([FILE.subarray(from)]), { ...OCTETS, etag: '"v1"', ...range, ...headers }, 206);
  };
  const broken = (end: 'error' | 'close' = 'error') => answer(body([FILE.subarray(0, 400)], end), RANGES);

  it.each(['error', 'close'] as const)('with a range of the same version of the file (%s)', async (end) => {
    const { opened, received } = download([broken(end), rest(400)]);
    const file = await opened;
    expect(Buffer.from(await read(file.stream)).equals(FILE)).toBe(true);
    expect(await file.completed).toEqual({ bytes: 1000, sha256: SHA256 });
    expect(received.map(({ headers }) => [headers.get('range'), headers.get('if-range')])).toEqual([
      [null, null],
      ['bytes=400-', '"v1"'],
    ]);
  });

  it.each<[string, Answer]>([
    ['the whole file instead', answer(FILE, RANGES)],
    ['another part', rest(300)],
    ['a part of another version', rest(400, { etag: '"v2"' })],
    ['a part without its place', () => new Response(FILE.subarray(400), { status: 206, headers: OCTETS })],
  ])('but not if the server sends %s', async (_, second) => {
    const file = await download([broken(), second]).opened;
    expect(await rejection(read(file.stream))).toMatchObject({ name: 'IncompleteTransferError', reason: 'changed' });
  });

  it.each<[string, Record<string, string>]>([
    ['no ranges', { ...WHOLE, etag: '"v1"' }],
    ['no version', { ...WHOLE, 'accept-ranges': 'bytes' }],
    ['only a weak version', { ...WHOLE, 'accept-ranges': 'bytes', etag: 'W/"v1"' }],
  ])('but not if it has %s', async (_, headers) => {
    const { opened, received } = download([answer(body([FILE.subarray(0, 400)], 'error'), headers), rest(400)]);
    expect(await rejection(read((await opened).stream))).toMatchObject({ reason: 'connection', bytes: 400 });
    expect(received).toHaveLength(1);
  });

  it('but not if the request was no read', async () => {
    const { opened, received } = download([broken(), rest(400)], { mode: 'write' });
    expect(await rejection(read((await opened).stream))).toMatchObject({ reason: 'connection' });
    expect(received).toHaveLength(1);
  });

  it('and gives up after three times without a byte', async () => {
    const headers = { ...OCTETS, 'content-range': 'bytes 400-999/1000' };
    const stuck = () => new Response(body([], 'error'), { status: 206, headers });
    const { opened, received } = download([broken(), stuck]);
    expect(await rejection(read((await opened).stream))).toMatchObject({ reason: 'connection', bytes: 400 });
    expect(received).toHaveLength(4);
  });

  it('and says what the server says if it is refused', async () => {
    const file = await download([broken(), answer('no', OCTETS, 404)]).opened;
    expect(await rejection(read(file.stream))).toMatchObject({ name: 'NotFoundError' });
  });

  it('also in another process, whose result is of what passed there', async () => {
    const first = await download(broken('close')).opened;
    await rejection(read(first.stream));
    const resume = { fromByte: 400, validator: first.validator ?? '' };
    const { opened, received } = download(rest(400), { resume });
    const file = await opened;
    expect(file.totalBytes).toBe(600);
    expect(Buffer.from(await read(file.stream)).equals(FILE.subarray(400))).toBe(true);
    expect((await file.completed).bytes).toBe(600);
    expect(received[0]?.headers.get('range')).toBe('bytes=400-');
    expect(await rejection(download(answer(FILE, WHOLE), { resume }).opened)).toMatchObject({ reason: 'changed' });
  });
});

it('wrong options are named, and nothing is sent', async () => {
  for (const [field, wrong] of [
    ['idleTimeoutMs', { idleTimeoutMs: 0 }],
    ['onProgress', { onProgress: 'log' as never }],
    ['resume.fromByte', { resume: { fromByte: -1, validator: 'x' } }],
    ['requestTimeoutMs', { requestTimeoutMs: -1 }],
  ] as const) {
    const { opened, received } = download(answer(FILE, WHOLE), wrong);
    expect(await rejection(opened)).toMatchObject({ name: 'ConfigurationError', field });
    expect(received).toEqual([]);
  }
});

it('nothing is left on the signal of the caller', async () => {
  const listeners = new Set<unknown>();
  const { signal } = new AbortController();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners.add(args[1]);
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners.delete(args[1]);
    removeEventListener.apply(signal, args);
  };
  const fetch: FetchLike = async () => new Response(FILE, { headers: WHOLE });
  const file = await openDownload(transportTo(fetch), REQUEST, { mode: 'read', signal });
  await read(file.stream);
  expect(listeners.size).toBe(0);
});
