/** What came back, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined where it is empty, no JSON whatever the content type says, or longer than any list. */
  readonly body: unknown;
  readonly url: string;
}

/** More than any documented answer needs; a page of 10,000 items is about 5 MB. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Twice the longest page of any vendor. One finding for each of a million wrong items would take all memory. */
const MOST_ITEMS = 20_000;

export class OversizedBody extends Error {}

/** `isToldByHeaders` leaves the body of a 202 with a `Location` alone, so that nothing in it can hide the job (CF-9). */
export async function readAnswer(response: Response, url: string, isToldByHeaders = false): Promise<Answer> {
  const isTold = isToldByHeaders && response.status === 202 && response.headers.has('location');
  if (isTold) response.body?.cancel().catch(() => undefined);
  const text = isTold ? '' : await readText(response);
  return { status: response.status, headers: response.headers, text, body: parseJson(text), url };
}

async function readText(response: Response): Promise<string> {
  if (!response.body) return typeof response.text === 'function' && response.body === undefined ? response.text() : '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MOST_BYTES) {
      await reader.cancel().catch(() => undefined);
      throw new OversizedBody(`more than ${MOST_BYTES} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    const body: unknown = JSON.parse(text);
    if (isOverlong(body)) return undefined;
    // The name may come in escapes.
    if (/__proto__|\\u/.test(text)) dropPrototypes(body);
    return body;
  } catch {
    return undefined;
  }
}

/** By a list of what is left to do: neither deep nor long bodies get to the stack, and a reviver takes ten times as long. */
function dropPrototypes(body: unknown): void {
  const left = [body];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part !== 'object' || part === null) continue;
    if (Object.hasOwn(part, '__proto__')) Reflect.deleteProperty(part, '__proto__');
    for (const each of Object.values(part)) if (typeof each === 'object') left.push(each);
  }
}

/** Lists of answers are the body itself, or one of its fields. */
function isOverlong(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const lists = Array.isArray(body) ? [body] : Object.values(body);
  return lists.some((list) => Array.isArray(list) && list.length > MOST_ITEMS);
}
