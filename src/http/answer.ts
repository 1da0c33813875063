import { JsonBounds } from './json-bounds.ts';

/** One answer, read to its end or up to a limit. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as text. Of errors and of bodies that are not JSON, the first megabyte. */
  readonly text: string;
  /** The parsed body; undefined if it is empty or not JSON. The content type does not matter. */
  readonly body: unknown;
  readonly url: string;
}

/**
 * - 'decision': the answer of a start, a poll or a login. It may have 20,000 keys.
 * - 'list': a page of a list, or any other data that is only read. It may have a million keys.
 */
export type AnswerKind = 'decision' | 'list';

export interface ReadAnswerOptions {
  /** @default 'decision' */
  readonly kind?: AnswerKind | undefined;
  /**
   * Does not read the body of a 202 with a `Location`, so that a bad body cannot hide the job. @default false
   */
  readonly isToldByHeaders?: boolean | undefined;
}

const MEGABYTE = 1024 * 1024;
/** No documented answer needs as much: a page of 10,000 items is about 5 MB. */
const MOST_MEGABYTES = 32;
/** The limit of a body that is only shown in an error. 64 waits may hold one each. */
const MOST_SHOWN_BYTES = MEGABYTE;
const MOST_LEVELS = 100;
const SPACE = 0x20;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];
const MOST_KEYS: Readonly<Record<AnswerKind, number>> = { decision: 20_000, list: 1_000_000 };

/** An answer that was not read to its end because it is too large. The message names the limit. */
export class OversizedBody extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads an answer within limits: 32 MB, 100 levels, and the number of keys that its kind allows. They are counted while
 * the text arrives, before it is parsed. Of an error (status 300 and above) and of a body that is not JSON, only the
 * first megabyte is read; a longer one is not an error by itself.
 * @throws {OversizedBody} the JSON of a 2xx exceeds a limit
 */
export async function readAnswer(response: Response, url: string, options: ReadAnswerOptions = {}): Promise<Answer> {
  const { status, headers } = response;
  if (options.isToldByHeaders && status === 202 && headers.has('location')) {
    response.body?.cancel().catch(() => undefined);
    return { status, headers, text: '', body: undefined, url };
  }
  const reading = new Reading(status, options.kind ?? 'decision');
  await readInto(reading, response);
  return { status, headers, text: reading.text, body: reading.isExcessive ? undefined : parseJson(reading.text), url };
}

/** The text of one answer that has arrived so far. */
class Reading {
  text = '';
  /** True if the JSON of an error exceeds a limit: then it is shown, but not parsed. */
  isExcessive = false;
  /** Undefined until the first character that is not white space. */
  #isJson: boolean | undefined;
  #bytes = 0;
  readonly #status: number;
  readonly #bounds: JsonBounds;
  readonly #decoder = new TextDecoder();

  constructor(status: number, kind: AnswerKind) {
    this.#status = status;
    this.#bounds = new JsonBounds({ keys: MOST_KEYS[this.#isError ? 'decision' : kind], depth: MOST_LEVELS });
  }

  get #isError(): boolean {
    return this.#status >= 300;
  }

  /** Returns whether more may be read. */
  add(bytes: Uint8Array): boolean {
    // The first character decides how much is read. Until then, the smaller limit holds.
    if (this.#isJson === undefined) this.#isJson = isJsonBegin(bytes);
    const isOnlyShown = this.#isError || !this.#isJson;
    const room = (isOnlyShown ? MOST_SHOWN_BYTES : MOST_MEGABYTES * MEGABYTE) - this.#bytes;
    if (!isOnlyShown && bytes.byteLength > room) {
      throw new OversizedBody(`more than ${MOST_MEGABYTES} MB`, this.#status);
    }
    this.#bytes += bytes.byteLength;
    this.#append(this.#decoder.decode(bytes.subarray(0, room), { stream: true }));
    return bytes.byteLength < room;
  }

  end(): void {
    this.#append(this.#decoder.decode());
  }

  #append(chunk: string): void {
    this.text += chunk;
    if (!this.#isJson || this.isExcessive) return;
    const excess = this.#bounds.add(chunk);
    if (excess !== undefined && !this.#isError) throw new OversizedBody(excess, this.#status);
    this.isExcessive = excess !== undefined;
  }
}

/** Whether the bytes begin with an object or a list; undefined if they are only white space. */
function isJsonBegin(bytes: Uint8Array): boolean | undefined {
  const first = bytes.find((byte) => byte > SPACE && !BYTE_ORDER_MARK.includes(byte));
  return first === undefined ? undefined : first === OPEN_OBJECT || first === OPEN_LIST;
}

async function readInto(reading: Reading, response: Response): Promise<void> {
  if (!response.body) {
    // Some fakes of `fetch` have no stream.
    const text = typeof response.text === 'function' && response.body === undefined ? await response.text() : '';
    reading.add(new TextEncoder().encode(text));
    return reading.end();
  }
  const reader = response.body.getReader();
  let isOpen = true;
  try {
    for (let hasRoom = true; hasRoom; ) {
      const { done, value } = await reader.read();
      isOpen = !done;
      hasRoom = value !== undefined && reading.add(value);
    }
    reading.end();
  } finally {
    if (isOpen) reader.cancel().catch(() => undefined);
  }
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    const body: unknown = JSON.parse(text);
    // The name may be escaped.
    if (/__proto__|\\u/.test(text)) dropPrototypes(body);
    return body;
  } catch {
    return undefined;
  }
}

/**
 * Uses a work list instead of recursion, so that deep bodies do not overflow the stack. A reviver of JSON.parse takes
 * ten times as long.
 */
function dropPrototypes(body: unknown): void {
  const left = [body];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part !== 'object' || part === null) continue;
    if (Object.hasOwn(part, '__proto__')) Reflect.deleteProperty(part, '__proto__');
    for (const each of Object.values(part)) if (typeof each === 'object') left.push(each);
  }
}
