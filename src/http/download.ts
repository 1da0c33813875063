import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import { randomOf } from '../clock/random-of.ts';
import type { ConnectionError } from '../errors/connection-error.ts';
import { IncompleteTransferError, type IncompleteTransferReason } from '../errors/incomplete-transfer-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { optionalAbove0, optionalFunctions, optionalWhole } from '../errors/require.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { type Answer, readAnswer } from './answer.ts';
import { type ApiRequest, urlOf } from './api-request.ts';
import type { Call } from './call.ts';
import { withDeadline } from './deadline.ts';
import { toConnectionError } from './network-error.ts';
import { TransferMeter, type TransferProgress, type TransferResult } from './transfer.ts';
import type { Transport } from './transport.ts';

/** Where a download that broke off is taken up. */
export interface DownloadPosition {
  /** How many bytes of the file are there already. */
  readonly fromByte: number;
  /** `validator` of the download that broke off. It proves that the file is still the same. */
  readonly validator: string;
}

/** Options of a download. */
export interface DownloadOptions {
  /** Ends the download, also while its bytes are read. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the server has answered with its headers. @default 30 s, unless the call says otherwise */
  readonly requestTimeoutMs?: number | undefined;
  /** The longest pause between two pieces of the body, in milliseconds. @default 120,000 */
  readonly idleTimeoutMs?: number | undefined;
  /** Called for each piece that has passed. Errors that it throws are ignored. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** Reads the rest of a file. The server must support ranges. @default the whole file */
  readonly resume?: DownloadPosition | undefined;
}

/** The bytes of a download: a web stream that can also be iterated over with `for await`. */
export type ByteStream = ReadableStream<Bytes> & AsyncIterable<Bytes>;

/** `Uint8Array<ArrayBuffer>`, and `Uint8Array` before TypeScript 5.7, which has no such parameter. */
type Bytes = ReturnType<Uint8ArrayConstructor['of']>;

/** A file on its way. Read `stream` to its end, or cancel it; otherwise its connection stays open. */
export interface Download {
  /**
   * The bytes. It ends only if all of them have come; otherwise it fails with an `IncompleteTransferError`, or with the
   * reason of the signal. Nothing is read from the server before you read.
   */
  readonly stream: ByteStream;
  /** Size and SHA-256 of what has passed, once the stream has ended. Rejects if the stream fails. */
  readonly completed: Promise<TransferResult>;
  /** How many bytes the stream has, if the server tells it. */
  readonly totalBytes?: number;
  /** The server's `Content-Type`. */
  readonly contentType?: string;
  /** Identifies this version of the file, for `resume`. Absent if the server sends no strong `ETag` or `Last-Modified`. */
  readonly validator?: string;
  /** The headers of the answer. */
  readonly headers: Headers;
}

export interface DownloadCall extends DownloadOptions, Pick<Call, 'mode' | 'usualTimeoutMs' | 'patientFetch'> {
  /** The error for a 2xx that is no file. @default an UnexpectedResponseError with the beginning of the body */
  readonly refusal?: ((answer: Answer) => Error | undefined) | undefined;
}

const IDLE_TIMEOUT_MS = 120_000;
/** How often a download is taken up again in a row, without a byte in between. */
const MOST_RESUMPTIONS = 3;
const FIRST_PAUSE_MS = 1_000;

/** A page or an API's answer is never the file. Files come as octets, archives, or text of other kinds. */
const NO_FILE = /^\s*(?:application\/(?:[\w.-]+\+)?json|text\/html|application\/xhtml\+xml)\b/i;
const JSON_OR_PAGE = /^[\s\uFEFF]*(?:[[{]|<(?:!doctype|html|\?xml))/i;
const SNIFFED_BYTES = 64;

/** Throws for options that a person has set wrong. Nothing is sent. */
function checkDownload(options: DownloadOptions): void {
  optionalAbove0('requestTimeoutMs', options.requestTimeoutMs);
  optionalAbove0('idleTimeoutMs', options.idleTimeoutMs);
  optionalFunctions(options, 'onProgress');
  optionalWhole('resume.fromByte', options.resume?.fromByte, 0);
}

/**
 * Sends a request whose 2xx is a file. Resolves when its headers are there; the bytes then come through `stream`. A
 * connection that is lost on the way is replaced by a request for the rest, if the server supports ranges and the file
 * has not changed.
 * @throws as `Transport.send`
 * @throws {UnexpectedResponseError} the 2xx is JSON or a page instead of a file, or what `refusal` returns
 * @throws {IncompleteTransferError} `reason` is 'changed': the file cannot be taken up at `resume`
 */
export async function openDownload(transport: Transport, request: ApiRequest, call: DownloadCall): Promise<Download> {
  checkDownload(call);
  const { resume } = call;
  const opened = await open(transport, request, call, resume);
  const { headers } = opened;
  const meter = new TransferMeter(opened.length, call.onProgress);
  const source = new DownloadSource({ transport, request, call, opened, meter });
  const contentType = headers.get('content-type') ?? undefined;
  return {
    stream: source.stream,
    completed: source.completed,
    headers,
    ...(meter.totalBytes === undefined ? {} : { totalBytes: meter.totalBytes }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(opened.validator === undefined ? {} : { validator: opened.validator }),
  };
}

interface Opened {
  readonly headers: Headers;
  readonly reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  /** The number of bytes in this body, if it is told. */
  readonly length: number | undefined;
  readonly validator: string | undefined;
  readonly hasRanges: boolean;
}

/** Sends the request and reads no more than the headers, unless the answer is no file. */
async function open(
  transport: Transport,
  request: ApiRequest,
  call: DownloadCall,
  position: DownloadPosition | undefined,
): Promise<Opened> {
  const range: Record<string, string> = position
    ? { range: `bytes=${position.fromByte}-`, 'if-range': position.validator }
    : {};
  let file: Response | undefined;
  const headers = { ...request.headers, accept: '*/*', 'accept-encoding': 'identity', ...range };
  const answer = await transport.send(
    { ...request, headers },
    {
      mode: call.mode,
      signal: call.signal,
      requestTimeoutMs: call.requestTimeoutMs,
      usualTimeoutMs: call.usualTimeoutMs,
      patientFetch: call.patientFetch,
      readBody: async (response, url, options) => {
        const answered = await judged(response, position !== undefined);
        file = answered.isFile ? answered.response : undefined;
        return file ? withoutBody(file, url) : readAnswer(answered.response, url, options);
      },
    },
  );
  const path = pathOf(transport, answer.url);
  if (file === undefined) {
    const what = answer.headers.get('content-type') ?? 'a body without a content type';
    throw (
      call.refusal?.(answer) ??
      transport.unexpected(`${path} answered ${answer.status} with ${what} instead of a file.`, answer)
    );
  }
  const opened = toOpened(file);
  if (position && !continues(file, position)) {
    opened.reader.cancel().catch(() => undefined);
    throw new IncompleteTransferError(
      `${path} does not continue at byte ${position.fromByte}: the file has changed, or the server has no ranges.`,
      { reason: 'changed', bytes: position.fromByte },
    );
  }
  return opened;
}

/** Whether an answer is the file that was asked for, and the answer itself, from its first byte. */
async function judged(
  response: Response,
  wasRange: boolean,
): Promise<{ readonly isFile: boolean; readonly response: Response }> {
  const { status, headers } = response;
  if (status !== 200 && !(status === 206 && wasRange)) return { isFile: false, response };
  const type = headers.get('content-type');
  if (type !== null) return { isFile: !NO_FILE.test(type), response };
  // Without a content type, the first bytes decide.
  if (!response.body) return { isFile: true, response };
  const [peeked, whole] = response.body.tee();
  const reader = peeked.getReader();
  const { value } = await reader.read();
  reader.cancel().catch(() => undefined);
  const begin = new TextDecoder().decode(value?.subarray(0, SNIFFED_BYTES));
  return { isFile: !JSON_OR_PAGE.test(begin), response: new Response(whole, { status, headers }) };
}

function withoutBody({ status, headers }: Response, url: string): Answer {
  return { status, headers, text: '', body: undefined, url };
}

function toOpened(response: Response): Opened {
  const { headers, body } = response;
  const length = headers.get('content-length');
  // With a content encoding, the length is that of the encoded bytes.
  const isLength =
    length !== null && /^\d+$/.test(length) && (headers.get('content-encoding') ?? 'identity') === 'identity';
  const etag = headers.get('etag');
  const validator = etag !== null && !/^W\//i.test(etag) ? etag : (headers.get('last-modified') ?? undefined);
  return {
    headers,
    reader: (body ?? new Response('').body ?? new ReadableStream()).getReader(),
    length: isLength ? Number(length) : undefined,
    validator,
    hasRanges: response.status === 206 || /\bbytes\b/i.test(headers.get('accept-ranges') ?? ''),
  };
}

/** Not every server compares `If-Range`, so an `ETag` of the part is compared here too. */
function continues({ status, headers }: Response, { fromByte, validator }: DownloadPosition): boolean {
  const [, start] = /^\s*bytes\s+(\d+)-/i.exec(headers.get('content-range') ?? '') ?? [];
  const etag = headers.get('etag');
  const isOther = etag !== null && validator.startsWith('"') && etag !== validator;
  return status === 206 && start !== undefined && Number(start) === fromByte && !isOther;
}

function pathOf(transport: Transport, url: string): string {
  return transport.redactor.text(new URL(url).pathname);
}

/** The stream of one download, and the requests for its rest. */
class DownloadSource {
  readonly stream: ByteStream;
  readonly completed: Promise<TransferResult>;
  readonly #transport: Transport;
  readonly #request: ApiRequest;
  readonly #call: DownloadCall;
  readonly #meter: TransferMeter;
  readonly #first: Opened;
  #reader: Opened['reader'];
  #resumptions = 0;
  #isOver = false;
  #controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  #resolve!: (result: TransferResult) => void;
  #reject!: (reason: unknown) => void;

  constructor(parts: {
    readonly transport: Transport;
    readonly request: ApiRequest;
    readonly call: DownloadCall;
    readonly opened: Opened;
    readonly meter: TransferMeter;
  }) {
    this.#transport = parts.transport;
    this.#request = parts.request;
    this.#call = parts.call;
    this.#meter = parts.meter;
    this.#first = parts.opened;
    this.#reader = parts.opened.reader;
    this.completed = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // The stream fails with the same error, so nobody has to wait for both.
    this.completed.catch(() => undefined);
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: () => this.#end(() => this.#reject(this.#broken('canceled', 'The reader stopped before the end.'))),
      },
      { highWaterMark: 0 },
    );
    // Every runtime of this package iterates over streams; only some libraries of types know it.
    this.stream = stream as ByteStream;
    const { signal } = parts.call;
    if (signal?.aborted) this.#abort();
    addAbortListener(signal, this.#abort);
  }

  readonly #abort = (): void => this.#fail(this.#call.signal?.reason);

  async #pull(): Promise<void> {
    while (!this.#isOver) {
      try {
        const chunk = await this.#read();
        // The stream may have been aborted or canceled meanwhile.
        if (this.#isOver) return;
        if (chunk === undefined) return this.#finish();
        if (chunk.byteLength === 0) continue;
        this.#resumptions = 0;
        this.#meter.add(chunk);
        this.#controller.enqueue(chunk);
        this.#meter.tell();
        return;
      } catch (error) {
        try {
          await this.#takeUp(error);
        } catch (final) {
          return this.#fail(final);
        }
      }
    }
  }

  /** The next piece; undefined at the end. @throws {IncompleteTransferError} it did not come */
  async #read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { idleTimeoutMs: timeoutMs = IDLE_TIMEOUT_MS } = this.#call;
    const what = 'The next piece of the body';
    let read: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
    try {
      const { clock } = this.#transport;
      read = await withDeadline(() => this.#reader.read(), { clock, what, timeoutMs, signal: undefined });
    } catch (error) {
      if (RequestTimeoutError.isInstance(error)) {
        throw this.#broken('idle', `No byte came for ${timeoutMs} ms.`);
      }
      throw this.#broken('connection', 'The connection was lost.', this.#connectionError(error));
    }
    const { bytes, totalBytes = Number.POSITIVE_INFINITY } = this.#meter;
    const passed = bytes + (read.value?.byteLength ?? 0);
    if (passed > totalBytes) throw this.#broken('length', 'The body is longer than announced.');
    if (!read.done) return read.value;
    if (passed < totalBytes && this.#meter.totalBytes !== undefined && !this.#isOver) {
      throw this.#broken('length', 'The body ended too early.');
    }
    return undefined;
  }

  /** Asks for the rest of the file after a lost connection. @throws the error with which the download ends */
  async #takeUp(error: unknown): Promise<void> {
    const { validator, hasRanges } = this.#first;
    const { bytes, totalBytes = Number.POSITIVE_INFINITY } = this.#meter;
    const isLost = IncompleteTransferError.isInstance(error) && bytes < totalBytes;
    if (!isLost || !hasRanges || validator === undefined || this.#call.mode !== 'read') throw error;
    this.#reader.cancel().catch(() => undefined);
    const fromByte = (this.#call.resume?.fromByte ?? 0) + bytes;
    const { clock } = this.#transport;
    while (this.#resumptions < MOST_RESUMPTIONS) {
      await clock.sleep(FIRST_PAUSE_MS * 2 ** this.#resumptions * (0.5 + randomOf(clock)), this.#call.signal);
      this.#resumptions += 1;
      try {
        const { reader } = await open(this.#transport, this.#request, this.#call, { fromByte, validator });
        this.#reader = reader;
        if (this.#isOver) reader.cancel().catch(() => undefined);
        return;
      } catch (next) {
        const mayPass = RestoreKitError.isInstance(next) && next.isRetryable;
        if (!mayPass || IncompleteTransferError.isInstance(next)) throw next;
      }
    }
    throw error;
  }

  #finish(): void {
    this.#end(() => {
      this.#controller.close();
      this.#resolve(this.#meter.result());
    });
  }

  #fail(error: unknown): void {
    this.#end(() => {
      this.#controller.error(error);
      this.#reject(error);
    });
  }

  #end(settle: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    removeAbortListener(this.#call.signal, this.#abort);
    settle();
    this.#reader.cancel().catch(() => undefined);
  }

  #broken(reason: IncompleteTransferReason, why: string, cause?: unknown): IncompleteTransferError {
    const { bytes, totalBytes } = this.#meter;
    const of = totalBytes === undefined ? '' : ` of ${totalBytes}`;
    const { method } = this.#request;
    const path = pathOf(this.#transport, this.#url);
    return new IncompleteTransferError(`${method} ${path} broke off after ${bytes}${of} bytes. ${why}`, {
      reason,
      bytes,
      totalBytes,
      ...(cause === undefined ? {} : { cause }),
    });
  }

  #connectionError(error: unknown): ConnectionError {
    const url = this.#url;
    const { method } = this.#request;
    return toConnectionError(error, { method, url, path: pathOf(this.#transport, url) }, this.#transport.redactor);
  }

  get #url(): string {
    return urlOf(this.#request, this.#transport.base);
  }
}
