import { htmlAnswer } from '../answer.ts';
import { failure, invalidModel, shortCircuit } from './envelope.ts';

/** The forms of errors of this server and of proxies in front of it. */
export type ErrorShape =
  | 'unauthorized-empty'
  | 'forbidden-empty'
  | 'forbidden-problem'
  | 'access-denied'
  | 'not-found-problem'
  | 'validation'
  | 'exception-with-stack'
  | 'too-many-requests'
  | 'bad-gateway-html'
  | 'unavailable-html'
  | 'html-page';

export function errorAnswer(shape: ErrorShape, request: Request, retryAfterSeconds?: number): Response {
  switch (shape) {
    case 'unauthorized-empty':
      return new Response(null, { status: 401 });
    case 'forbidden-empty':
      return shortCircuit(403, 'empty');
    case 'forbidden-problem':
      return shortCircuit(403);
    case 'access-denied':
      return failure(403, 'Access denied');
    case 'not-found-problem':
      return shortCircuit(404);
    case 'validation':
      return invalidModel(request, { Dump: ["The value 'perhaps' is not valid for Dump."] });
    case 'exception-with-stack':
      return failure(500, "The given key 'filePath' was not present in the dictionary.");
    case 'too-many-requests':
      return tooManyRequests(1500, retryAfterSeconds);
    case 'bad-gateway-html':
      return htmlAnswer('502 Bad Gateway', 502);
    case 'unavailable-html':
      return htmlAnswer('503 Service Temporarily Unavailable', 503);
    case 'html-page':
      return htmlAnswer('ONLYOFFICE DocSpace');
  }
}

/** An empty 429. Only the limiter per day sends `Retry-After` and `X-RateLimit-Reset` (DS-21). */
export function tooManyRequests(limit: number, retryAfterSeconds?: number): Response {
  const advice =
    retryAfterSeconds === undefined
      ? undefined
      : { 'retry-after': `${retryAfterSeconds}`, 'x-ratelimit-reset': `${retryAfterSeconds}` };
  return new Response(null, {
    status: 429,
    headers: { 'x-ratelimit-limit': `${limit}`, 'x-ratelimit-remaining': '0', ...advice },
  });
}
