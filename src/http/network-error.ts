import { ConnectionError } from '../errors/connection-error.ts';
import { neverLeft } from '../errors/never-left.ts';
import { connectionRemedy } from './connection-remedy.ts';
import type { Redactor } from './redactor.ts';

/** Codes of Node, undici, Bun and Deno for a connection that was never made. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
]);

/**
 * Node's message for a connection that ended during the TLS handshake, with any code. Nothing of the request was
 * written.
 */
const IN_HANDSHAKE = /before secure TLS connection was established/;

/** Fetch refuses some ports before it connects (https://fetch.spec.whatwg.org/#port-blocking); a wrong protocol ends a handshake. */
const NEVER_CONNECTED = /\bbad port\b|unsafe port|wrong version number/i;

/** Turns a rejected fetch into an error that says whether the request may have been sent, and what a person can do. */
export function toConnectionError(
  error: unknown,
  request: { readonly method: string; readonly url: string; readonly path: string },
  redactor: Redactor,
): ConnectionError {
  const url = new URL(request.url);
  const target = `${request.method} ${request.path} at ${url.host}`;
  const code = codeOf(error);
  const mark = neverLeft(error);
  const inner = error instanceof Error ? innermost(error).message : '';
  const sent = mark || isNotSent(error) || NEVER_CONNECTED.test(inner) ? 'no' : 'unknown';
  const reason = mark?.explanation ?? code ?? (inner || undefined);
  const remedy = sent === 'no' && !mark?.explanation ? connectionRemedy({ code, port: portOf(error) }, url) : undefined;
  const further = remedy ?? protocolRemedy(inner, url);
  const what = sent === 'no' ? 'could not be connected to' : 'gave no answer';
  return new ConnectionError(
    redactor.text(`${target} ${what}${reason ? ` (${reason})` : ''}.${further ? ` ${further}` : ''}`),
    {
      sent,
      reason: code === undefined ? undefined : redactor.text(code),
      cause: redactor.error(error),
    },
  );
}

function protocolRemedy(message: string, url: URL): string | undefined {
  if (/\bbad port\b|unsafe port/i.test(message)) return `Fetch never uses port ${url.port}: use another one.`;
  if (/wrong version number/i.test(message))
    return 'The server at this address does not speak TLS: check scheme and port.';
  return undefined;
}

function portOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const port: unknown = Reflect.get(error, 'port');
  if (typeof port === 'number') return port;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === error ? undefined : portOf(inner);
}

function isNotSent(error: unknown): boolean {
  // Happy Eyeballs tries several addresses. Nothing was sent only if the connection to all of them failed.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isNotSent);
  if (!(error instanceof Error)) return false;
  const call = systemCallOf(error);
  if (call === 'connect' || call === 'getaddrinfo' || IN_HANDSHAKE.test(error.message)) return true;
  const code: unknown = Reflect.get(error, 'code');
  const isSaidByCode = typeof code === 'string' && NOT_SENT.has(code) && call !== 'read' && call !== 'write';
  if (isSaidByCode && !(error.cause instanceof Error)) return true;
  if (/client error \(Connect\)/.test(error.message)) return true;
  return error.cause !== undefined && error.cause !== error && isNotSent(error.cause);
}

/**
 * The system call that failed, if the platform reports it. A connection that loses its route later fails with the same
 * code as one that was never made; only the call differs: `read EHOSTUNREACH` or `connect EHOSTUNREACH`.
 */
function systemCallOf(error: Error): string | undefined {
  const call: unknown = Reflect.get(error, 'syscall');
  return typeof call === 'string' ? call : /\b(connect|getaddrinfo|read|write) E[A-Z]/.exec(error.message)?.[1];
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string' && code !== '') return code;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === error ? undefined : codeOf(inner);
}

function innermost(error: Error): Error {
  return error.cause instanceof Error && error.cause !== error ? innermost(error.cause) : error;
}
