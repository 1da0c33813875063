import type { Clock } from '../clock/clock.ts';
import { type Answer, connectionReset, htmlAnswer } from './answer.ts';
import type { ReplacingFault, RetryAfterFault } from './fault-wire.ts';

const MEGABYTE = 1_048_576;

/** The answer that replaces the product's answer. */
export function replacedAnswer(
  fault: ReplacingFault,
  context: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    /** Answers that only the product itself can make. */
    readonly own?: { readonly unauthorized: () => Answer; readonly another: () => Answer };
  },
): Answer | Promise<never> {
  switch (fault.kind) {
    case 'reset':
      return connectionReset;
    case 'hang':
      return untilAborted(context.signal);
    case 'html':
      return htmlAnswer('Sign in');
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: 'https://login.invalid/signin' } });
    case 'junk':
      return new Response(junk(), { headers: { 'content-type': 'application/json' } });
    case 'other-json':
      return new Response(fault.json ?? '{"status":"UP","message":"Under maintenance"}', {
        headers: { 'content-type': 'application/json' },
      });
    case 'unauthorized':
      return context.own?.unauthorized() ?? new Response(null, { status: 401 });
    case 'misrouted':
      return context.own?.another() ?? connectionReset;
    case 'status':
      return statusAnswer(fault, context.clock.now());
  }
}

function statusAnswer(fault: Extract<ReplacingFault, { kind: 'status' }>, now: number): Response {
  const { status, retryAfter, page = 'html' } = fault;
  const headers = retryAfter === undefined ? {} : retryAfterHeaders(retryAfter, now);
  if (page === 'empty') return new Response(null, { status, headers });
  const [type, usual] = {
    json: ['application/json', '{"message":"The service is not available"}'],
    text: ['text/plain; charset=utf-8', `${status}`],
    html: ['text/html; charset=utf-8', `<html><body><h1>${status}</h1></body></html>`],
  }[page] as [string, string];
  return new Response(fault.text ?? usual, { status, headers: { 'content-type': type, ...headers } });
}

function retryAfterHeaders(told: RetryAfterFault, now: number): Record<string, string> {
  if (typeof told === 'string') return { 'retry-after': told };
  const serverNow = now + (told.skewMs ?? 0);
  return {
    'retry-after': new Date(serverNow + told.inMs).toUTCString(),
    date: new Date(serverNow).toUTCString(),
  };
}

/** Does not settle before the caller aborts. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Bytes of all values, the same each time. They are neither JSON nor UTF-8. */
function junk(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MEGABYTE);
  for (let index = 0; index < MEGABYTE; index += 1) bytes[index] = (index * 167 + (index >> 8)) & 0xff;
  return bytes;
}
