import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { markNeverLeft } from '../errors/never-left.ts';
import { notPinned, pinProblem } from './tls-fingerprint.ts';

/**
 * Connects only for the TLS handshake and returns the authority at the end of the chain that the server sends, PEM;
 * undefined if the server does not send it, as is usual with public authorities.
 * @throws {Error} the server is not the pinned one or cannot be reached; the error is marked as never sent
 */
export async function shownAuthorities(
  url: URL,
  pins: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  signal?.throwIfAborted();
  const leaf = await certificateOf(url, signal);
  // Contrary to its type, this is an empty object if there is no certificate.
  const problem = pinProblem(`${url.hostname}:${url.port || '443'}`, leaf.fingerprint256 as string | undefined, pins);
  if (problem !== undefined) throw notPinned(problem);
  const top = new X509Certificate(topOf(leaf).raw);
  return top.checkIssued(top) ? [top.toString()] : undefined;
}

function certificateOf({ hostname, port }: URL, signal: AbortSignal | undefined): Promise<DetailedPeerCertificate> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      // The fingerprint is compared instead, and nothing is sent over this connection.
      rejectUnauthorized: false,
    });
    const end = () => {
      signal?.removeEventListener('abort', abort);
      socket.destroy();
    };
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    socket
      .once('secureConnect', () => {
        resolve(socket.getPeerCertificate(true));
        end();
      })
      .on('error', (error) => {
        end();
        reject(markNeverLeft(error));
      })
      .once('close', () => {
        end();
        reject(markNeverLeft(new Error(`${hostname} closed the connection during the TLS handshake`)));
      });
  });
}

/** Chains are short. The limit is for a chain with a cycle. */
const MOST_CERTIFICATES = 10;

function topOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate {
  let top = leaf;
  for (let index = 0; index < MOST_CERTIFICATES; index += 1) {
    const issuer = top.issuerCertificate as DetailedPeerCertificate | undefined;
    if (issuer === undefined || issuer === top || issuer.raw === undefined) break;
    top = issuer;
  }
  return top;
}
