import type { Clock } from '../../../src/clock/clock.ts';
import type { FetchLike } from '../../../src/http/fetch-like.ts';
import type { NetworkFault } from './schedule.ts';

/** A `fetch` with one fault that the emulator cannot make. */
export function withNetworkFault(
  inner: FetchLike,
  fault: NetworkFault | undefined,
  isStart: (method: string, path: string) => boolean,
  clock: Clock,
): FetchLike {
  let reads = 0;
  let starts = 0;
  return async (input, init) => {
    const method = init.method ?? 'GET';
    if (fault?.kind === 'late-401' && isStart(method, new URL(input).pathname)) {
      starts += 1;
      const answer = await inner(input, init);
      if (starts > 1 || !answer.ok) return answer;
      await clock.sleep(fault.afterMs, init.signal ?? undefined);
      return new Response(null, { status: 401 });
    }
    const answer = await inner(input, init);
    if (fault?.kind !== 'hanging-body' || method !== 'GET') return answer;
    reads += 1;
    return reads < fault.fromRead || reads > fault.toRead ? answer : withoutEnd(answer, init.signal);
  };
}

/** The head of an answer, the first byte of its body, and then nothing until the caller gives up. */
function withoutEnd({ status, headers }: Response, signal: AbortSignal | null | undefined): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{'));
      signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
    },
  });
  return new Response(status === 204 ? null : body, { status, headers });
}
