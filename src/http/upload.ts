import { ConfigurationError } from '../errors/configuration-error.ts';
import { IncompleteTransferError } from '../errors/incomplete-transfer-error.ts';
import { optionalFunctions, optionalWhole } from '../errors/require.ts';
import { TransferMeter, type TransferProgress, type TransferResult } from './transfer.ts';

/**
 * What can be uploaded: bytes; a Blob, which in Node `openAsBlob(path)` of `node:fs` makes of a file without reading it
 * into memory; a web stream, or anything else that yields bytes with `for await`, such as a stream of Node.
 */
export type UploadSource = Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Options of an upload. */
export interface UploadOptions {
  /** Ends the upload before its next chunk. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each chunk that the server has accepted. Errors that it throws are ignored. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** One piece of an upload. */
export interface UploadChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many bytes of the source come before it. */
  readonly offset: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The size of the source, if it is known. */
  readonly totalBytes: number | undefined;
}

/** Checks a source, and returns its size if that is known. @throws {ConfigurationError} nothing was read or sent */
export function sizeOfSource(field: string, source: unknown, told: number | undefined): number | undefined {
  optionalWhole('totalBytes', told, 0);
  const known = source instanceof Uint8Array ? source.byteLength : source instanceof Blob ? source.size : undefined;
  if (known === undefined && !isStream(source) && !isIterable(source)) {
    throw new ConfigurationError(field, 'must be a Uint8Array, a Blob, or a stream of bytes.');
  }
  if (source instanceof ReadableStream && source.locked) {
    throw new ConfigurationError(field, 'is a stream that something else reads already.');
  }
  if (known !== undefined && told !== undefined && known !== told) {
    throw new ConfigurationError('totalBytes', `is ${told}, but '${field}' has ${known} bytes.`);
  }
  return known ?? told;
}

/**
 * Cuts a source into chunks of `chunkBytes` and sends one after another. The last chunk is sent only after the source
 * has ended and its size is as announced, so that a source that breaks off is never taken for complete. Holds at most
 * two chunks in memory.
 * @throws {IncompleteTransferError} `reason` is 'source': the source failed, or has another size than announced
 * @throws what `send` throws, and the reason of the signal
 */
export async function uploadInChunks<T>(
  source: UploadSource,
  options: UploadOptions & {
    readonly chunkBytes: number;
    /** The size of the source. A different size is an error. @default the size of a Blob or of bytes */
    readonly totalBytes?: number | undefined;
    readonly send: (chunk: UploadChunk) => Promise<T>;
  },
): Promise<TransferResult & { /** What `send` returned for the last chunk. */ readonly answer: T }> {
  const { chunkBytes, send, signal, onProgress } = options;
  optionalFunctions(options, 'onProgress');
  const totalBytes = sizeOfSource('source', source, options.totalBytes);
  const meter = new TransferMeter(totalBytes, onProgress);
  const answerOf = async (bytes: Uint8Array<ArrayBuffer>, isLast: boolean): Promise<T> => {
    signal?.throwIfAborted();
    const offset = meter.bytes;
    const size = offset + bytes.byteLength;
    if (totalBytes !== undefined && (isLast ? size !== totalBytes : size >= totalBytes)) {
      throw incomplete(
        meter,
        `It has ${isLast ? size : `more than ${totalBytes}`} bytes, but ${totalBytes} were announced.`,
      );
    }
    const answer = await send({ bytes, offset, isFirst: offset === 0, isLast, totalBytes });
    meter.add(bytes);
    meter.tell();
    return answer;
  };
  let held: Uint8Array<ArrayBuffer> | undefined;
  for await (const chunk of chunksOf(source, chunkBytes, meter)) {
    if (held) await answerOf(held, false);
    held = chunk;
  }
  // An empty source is one empty chunk.
  const answer = await answerOf(held ?? new Uint8Array(), true);
  return { ...meter.result(), answer };
}

/** Chunks of the same size, but for the last one. */
async function* chunksOf(
  source: UploadSource,
  chunkBytes: number,
  meter: TransferMeter,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  // A small source takes no more memory than it has bytes.
  const room = (left: number) => new Uint8Array(Math.min(chunkBytes, Math.max(1, left)));
  let left = meter.totalBytes ?? Number.POSITIVE_INFINITY;
  let chunk = room(left);
  let filled = 0;
  for await (const piece of piecesOf(source, chunkBytes, meter)) {
    for (let at = 0; at < piece.byteLength; ) {
      const part = piece.subarray(at, at + chunk.byteLength - filled);
      chunk.set(part, filled);
      filled += part.byteLength;
      at += part.byteLength;
      if (filled < chunk.byteLength) continue;
      yield chunk;
      left -= filled;
      chunk = room(left);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

async function* piecesOf(
  source: UploadSource,
  chunkBytes: number,
  meter: TransferMeter,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (source instanceof Uint8Array) {
    yield source;
    return;
  }
  try {
    if (source instanceof Blob) {
      for (let at = 0; at < source.size; at += chunkBytes) {
        yield new Uint8Array(await source.slice(at, at + chunkBytes).arrayBuffer());
      }
      return;
    }
    for await (const piece of isStream(source) ? readAll(source) : source) {
      if (!(piece instanceof Uint8Array)) throw new TypeError(`It yields a ${typeof piece} instead of bytes.`);
      yield piece;
    }
  } catch (error) {
    throw incomplete(meter, error instanceof Error ? error.message : 'It failed.', error);
  }
}

/** Some runtimes cannot iterate over a stream. */
async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let isOpen = true;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        isOpen = false;
        return;
      }
      yield value;
    }
  } finally {
    if (isOpen) reader.cancel().catch(() => undefined);
  }
}

function incomplete(meter: TransferMeter, why: string, cause?: unknown): IncompleteTransferError {
  const { bytes, totalBytes } = meter;
  return new IncompleteTransferError(`The source of the upload cannot be sent as a whole. ${why}`, {
    reason: 'source',
    bytes,
    totalBytes,
    ...(cause === undefined ? {} : { cause }),
  });
}

function isStream(source: unknown): source is ReadableStream<Uint8Array> {
  return typeof source === 'object' && source !== null && 'getReader' in source;
}

function isIterable(source: unknown): boolean {
  return typeof source === 'object' && source !== null && Symbol.asyncIterator in source;
}
