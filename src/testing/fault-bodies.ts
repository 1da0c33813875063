import type { Clock } from '../clock/clock.ts';
import { type Answer, connectionReset } from './answer.ts';
import type { SpoilingFault } from './fault-wire.ts';

interface Context {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const PIECES = 4;

/** Spoils an answer of the product. A connection that the product closed stays closed. */
export async function spoiltAnswer(answer: Answer, fault: SpoilingFault, context: Context): Promise<Answer> {
  if (answer === connectionReset) return answer;
  if (fault.kind === 'slow-answer') {
    await context.clock.sleep(fault.forMs, context.signal);
    return answer;
  }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const half = bytes.slice(0, Math.ceil(bytes.length / 2));
  switch (fault.kind) {
    case 'reset-after-headers':
      return withBody(answer, cutBody(new Uint8Array()));
    case 'reset-in-body':
      return withBody(answer, cutBody(half));
    case 'truncated':
      return withBody(answer, half);
    case 'empty':
      return withBody(answer, null);
    case 'deep-json':
      return withBody(answer, deepened(bytes, fault.depth));
    case 'wrong-type':
      answer.headers.set('content-type', fault.contentType ?? 'text/plain');
      return withBody(answer, bytes);
    case 'slow-body':
      return withBody(answer, slowBody(bytes, fault.forMs, context));
  }
}

type Body = ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer> | null;

function withBody({ status, headers }: Response, body: Body): Response {
  // The header belongs to the original body.
  headers.delete('content-length');
  const mayHaveBody = ![204, 205, 304].includes(status);
  return new Response(mayHaveBody ? body : null, { status, headers });
}

/** Ends with the error that Node's fetch reports if a connection is closed in the middle of a body. */
function cutBody(first: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isSent = first.length === 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (isSent) {
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

function slowBody(
  bytes: Uint8Array<ArrayBuffer>,
  forMs: number,
  { clock, signal }: Context,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const length = Math.max(1, Math.ceil(bytes.length / PIECES));
  let piece = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        await clock.sleep(forMs / PIECES, signal);
        const chunk = bytes.slice(piece * length, (piece + 1) * length);
        piece += 1;
        if (chunk.length > 0) controller.enqueue(chunk);
        if (piece < PIECES) return;
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function deepened(bytes: Uint8Array<ArrayBuffer>, depth: number): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(bytes);
  const end = text.lastIndexOf('}');
  if (end < 0) return bytes;
  const comma = text.slice(0, end).trimEnd().endsWith('{') ? '' : ',';
  const deep = `${comma}"nested":${'['.repeat(depth)}${']'.repeat(depth)}`;
  return new TextEncoder().encode(text.slice(0, end) + deep + text.slice(end));
}
