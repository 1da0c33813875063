import type { ClientOptions } from '../client/client-options.ts';
import { VeeamM365Client } from './client.ts';
import { dialectOf } from './dialects.ts';
import { VeeamSystem } from './veeam-system.ts';

/**
 * Veeam Backup for Microsoft 365 by its REST API v5, at `https://<host>:4443`.
 *
 * `auth` is made by `veeamPassword` or `bearerToken`. The certificate of the server is self-signed unless somebody has
 * replaced it: give its CA to the process (`NODE_EXTRA_CA_CERTS`) or to your own `fetch`; verification is never switched
 * off (VM-28).
 * @see https://helpcenter.veeam.com/archive/vbo365/50/rest/overview.html
 * @throws {ConfigurationError} an option is wrong
 */
export class VeeamM365V5Client extends VeeamM365Client {
  constructor(options: ClientOptions) {
    super(new VeeamSystem(options, dialectOf('v5')));
  }
}
