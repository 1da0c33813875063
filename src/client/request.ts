import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import type { CallMode } from '../http/call.ts';
import type { CallOptions } from './client-options.ts';
import type { System } from './system.ts';

/** A call of an endpoint that the client does not wrap. */
export interface AnyRequest {
  /** The HTTP method, such as `GET`. */
  readonly method: string;
  /** The path below the client's `baseUrl`. It begins with a slash, and its parts must already be percent-encoded. */
  readonly path: string;
  /** Query parameters. A list is sent as `name=a&name=b`; undefined values are left out. */
  readonly query?:
    | Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[] | undefined>>
    | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** A 'read' may be repeated, a 'write' is sent once. @default 'read' for GET and HEAD, 'write' for other methods */
  readonly mode?: 'read' | 'write' | undefined;
}

export interface AnyResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text if the body is not JSON; undefined if it is empty. */
  readonly body: unknown;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export async function sendAnyRequest(system: System, request: AnyRequest, options: CallOptions): Promise<AnyResponse> {
  const method = requireText('method', request?.method).toUpperCase();
  if (!METHODS.includes(method)) throw new ConfigurationError('method', `must be one of ${METHODS.join(', ')}.`);
  const mode = modeOf(method, request.mode);
  const path = checkPath(request.path, system.baseUrl);
  const { body, query } = request;
  const answer = await system.transport.send({ method, path, body, params: { query } }, { ...options, mode });
  const { status, headers, text } = answer;
  return { status, headers, body: answer.body ?? (text === '' ? undefined : text) };
}

function modeOf(method: string, mode: unknown): CallMode {
  if (mode === undefined) return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  if (mode === 'read' || mode === 'write') return mode;
  throw new ConfigurationError('mode', "must be 'read' or 'write'; use the client's own methods to start a restore.");
}

/** The client's credentials must not be sent to a path outside its base URL. */
function checkPath(path: unknown, baseUrl: string): string {
  const text = requireText('path', path);
  const address = `${baseUrl}${text}`;
  const url = text.startsWith('/') && URL.canParse(address) ? new URL(address) : undefined;
  const isBelow = url !== undefined && `${url.origin}${url.pathname}`.startsWith(`${baseUrl}/`);
  if (isBelow && !text.startsWith('//') && url.hash === '' && !/[\s\\]/.test(text)) return text;
  throw new ConfigurationError('path', `must begin with a slash and stay below ${baseUrl}.`);
}
