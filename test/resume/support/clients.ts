import { bearerToken } from '../../../src/auth/bearer-token.ts';
import type { ClientOptions } from '../../../src/client/client-options.ts';
import { CloudFoundryClient } from '../../../src/cloud-foundry/client.ts';
import { DocSpaceClient } from '../../../src/docspace/client.ts';
import { OracleEpmClient } from '../../../src/oracle-epm/client.ts';
import { VeeamM365V5Client } from '../../../src/veeam-m365/v5-client.ts';
import { VeeamM365V6Client } from '../../../src/veeam-m365/v6-client.ts';
import { VeeamM365V7Client } from '../../../src/veeam-m365/v7-client.ts';
import { VeeamM365V8Client } from '../../../src/veeam-m365/v8-client.ts';

/** Where the golden handles were written. */
export const ORIGINS = {
  epm: 'https://epm-acme.epm.us-phoenix-1.ocs.oraclecloud.com',
  cf: 'https://api.example.org',
  veeam5: 'https://veeam5.example.org:4443',
  veeam6: 'https://veeam.example.org:4443',
  veeam7: 'https://veeam7.example.org:4443',
  veeam8: 'https://veeam8.example.org:4443',
  docspace: 'https://portal.example.com',
} as const;

/** A client of each system at those baseUrls, or at one of their own. */
export function clientsAt(fetch: NonNullable<ClientOptions['fetch']>, more: Partial<ClientOptions> = {}) {
  const options = (baseUrl: string): ClientOptions => ({
    baseUrl,
    auth: bearerToken('a-token-of-somebody'),
    fetch,
    ...more,
  });
  return [
    new OracleEpmClient(options(ORIGINS.epm)),
    new CloudFoundryClient(options(ORIGINS.cf)),
    new VeeamM365V5Client(options(ORIGINS.veeam5)),
    new VeeamM365V6Client(options(ORIGINS.veeam6)),
    new VeeamM365V7Client(options(ORIGINS.veeam7)),
    new VeeamM365V8Client(options(ORIGINS.veeam8)),
    new DocSpaceClient(options(ORIGINS.docspace)),
  ] as const;
}
