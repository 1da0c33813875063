/** What the platform reports about a failed connection. */
export interface ConnectionFailure {
  /** The code, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** The port of the attempt, if the platform reports it. With a proxy, it is the port of the proxy. */
  readonly port: number | undefined;
}

const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT.*))$/;

/** What a person can do about a failed connection; undefined if there is no specific advice. */
export function connectionRemedy({ code = '', port }: ConnectionFailure, url: URL): string | undefined {
  if (UNTRUSTED.test(code)) {
    return 'The certificate of the server is not trusted here: give `fetch: trustedFetch({ ca })`, or its fingerprint, from restorekit/node.';
  }
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'The certificate is for another host name: correct the host in `baseUrl`.';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'The certificate is not valid today: renew it, or correct the clock of this machine.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return 'The host name cannot be resolved: check the host in `baseUrl`, and the name server.';
    case 'ECONNREFUSED':
    case 'ConnectionRefused':
      return isProxy(port, url)
        ? `Nothing answers at port ${port}, which is not the port of the URL: a proxy of this machine is down. Check HTTPS_PROXY and NO_PROXY.`
        : 'No server listens at this address: check host and port in `baseUrl`.';
    default:
      return undefined;
  }
}

function isProxy(port: number | undefined, url: URL): boolean {
  const own = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return port !== undefined && port !== own;
}
