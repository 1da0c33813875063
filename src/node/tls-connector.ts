import type { buildConnector } from 'undici';
import { markNeverLeft } from '../errors/never-left.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { notPinned, pinProblem } from './tls-fingerprint.ts';
import type { Trust } from './tls-trust.ts';

/**
 * Options of the TLS handshake. They are explicit, so that `NODE_TLS_REJECT_UNAUTHORIZED=0` in the environment has no
 * effect.
 */
export function handshakeOptions({ ca, pins }: Trust): buildConnector.BuildOptions {
  const isPinned = pins.length > 0;
  return {
    ...omitUndefined({ ca: ca && [...ca] }),
    // A pin without `ca` replaces the check of the chain: `guarded` compares the certificate before anything is sent.
    rejectUnauthorized: !isPinned || ca !== undefined,
    // A resumed TLS session may have no certificate to compare.
    ...(isPinned ? { maxCachedSessions: 0 } : {}),
  };
}

/**
 * Wraps a connector. If there are pins, it passes a socket on only if the server has a pinned certificate. Nothing of a
 * request is written before that, so its errors are marked as never sent.
 */
export function guarded(connect: buildConnector.connector, pins: readonly string[]): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error) {
        callback(toNeverLeft(error), null);
        return;
      }
      const problem = pins.length === 0 ? undefined : distrust(socket, options, pins);
      if (problem === undefined) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(notPinned(problem), null);
    });
  };
}

type Connected = Exclude<Parameters<buildConnector.Callback>[1], null>;

function distrust(
  socket: Connected,
  { protocol, hostname, port }: buildConnector.Options,
  pins: readonly string[],
): string | undefined {
  const server = `${hostname}:${port || '443'}`;
  if (protocol !== 'https:' || !('getPeerCertificate' in socket)) {
    return `A certificate is pinned, and the connection to ${server} is not encrypted`;
  }
  // Contrary to its type, this is an empty object if there is no certificate.
  const { fingerprint256 } = socket.getPeerCertificate();
  return pinProblem(server, fingerprint256 as string | undefined, pins);
}

/** Error codes after which undici connects again without end instead of failing the request. */
const ENDLESS = new Set(['UND_ERR_SOCKET', 'UND_ERR_INFO']);

function toNeverLeft(error: Error): Error {
  const code: unknown = Reflect.get(error, 'code');
  // undici's own codes say little if a proxy refuses. The message says more: "Proxy response (407) !== 200 when HTTP
  // Tunneling".
  const isVague = typeof code !== 'string' || (code.startsWith('UND_ERR_') && code !== 'UND_ERR_CONNECT_TIMEOUT');
  const explanation = isVague ? error.message : undefined;
  if (typeof code === 'string' && ENDLESS.has(code)) {
    const message = `The connection was lost before it was made: ${error.message}`;
    return markNeverLeft(new Error(message, { cause: error }), message);
  }
  return markNeverLeft(error, explanation);
}
