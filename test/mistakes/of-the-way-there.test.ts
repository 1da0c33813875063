import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { basicAuth, OracleEpmClient } from 'restorekit/oracle-epm';
import {
  cloudFoundryEmulator,
  docspaceEmulator,
  oracleEpmEmulator,
  veeamM365Emulator,
  virtualClock,
} from 'restorekit/testing';
import { VeeamM365V5Client, VeeamM365V6Client, veeamPassword } from 'restorekit/veeam-m365';
import { describe, it } from 'vitest';
import { counted, expectHelp, type Mistake, SECRET, untyped } from './mistake.ts';

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const clock = virtualClock();
const BACKUP = '2026-04-23T08:48:06/Environment_Backup';
const into = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const common = (fetch: Fetch) => ({ baseUrl: 'https://system.example.org', fetch: untyped(fetch), clock });

/** A read, and a start, of each system with a wrong password. */
const systems: Readonly<Record<string, { read(fetch: Fetch): unknown; start(fetch: Fetch): unknown; fetch: Fetch }>> = {
  'Oracle EPM Cloud': {
    read: (fetch) => epm(fetch).backups.list().toArray(),
    start: (fetch) => epm(fetch).environment.restore({ backupName: BACKUP }),
    fetch: oracleEpmEmulator({ clock }).fetch,
  },
  'Cloud Foundry': {
    read: (fetch) => cf(fetch).serviceInstances.list().toArray(),
    start: (fetch) => cf(fetch).serviceInstances.restore({ into, from: 'server-default' }),
    fetch: cloudFoundryEmulator({ clock }).fetch,
  },
  'Veeam v5': {
    read: (fetch) => v5(fetch).organizations.list().toArray(),
    start: (fetch) => v5(fetch).organizations.explore(into, { dateTime: new Date(0), type: 'exchange' }),
    fetch: veeamM365Emulator({ clock }).fetch,
  },
  'Veeam v6': {
    read: (fetch) => v6(fetch).organizations.list().toArray(),
    start: (fetch) => v6(fetch).organizations.explore(into, { dateTime: new Date(0), type: 'exchange' }),
    fetch: veeamM365Emulator({ clock }).fetch,
  },
  'ONLYOFFICE DocSpace': {
    read: (fetch) => docspace(fetch).backups.list().toArray(),
    start: (fetch) => docspace(fetch).portal.restore({ backupId: into }),
    fetch: docspaceEmulator({ clock }).fetch,
  },
};
const epm = (fetch: Fetch) =>
  new OracleEpmClient({ ...common(fetch), auth: basicAuth({ username: 'admin', password: SECRET }) });
const cf = (fetch: Fetch) =>
  new CloudFoundryClient({ ...common(fetch), auth: uaaPassword({ username: 'admin', password: SECRET }) });
const veeam = () => veeamPassword({ username: 'DOMAIN\\administrator', password: SECRET });
const v5 = (fetch: Fetch) => new VeeamM365V5Client({ ...common(fetch), auth: veeam() });
const v6 = (fetch: Fetch) => new VeeamM365V6Client({ ...common(fetch), auth: veeam() });
const docspace = (fetch: Fetch) => new DocSpaceClient({ ...common(fetch), auth: docspaceApiKey(SECRET) });

const broken =
  (code: string, message: string): Fetch =>
  () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }));
const page =
  (status: number): Fetch =>
  async () =>
    new Response('<html><title>Proxy</title></html>', { status, headers: { 'content-type': 'text/html' } });

const unsent: readonly (readonly [string, Fetch, RegExp])[] = [
  [
    'nobody listens at the port',
    broken('ECONNREFUSED', 'connect ECONNREFUSED'),
    /ECONNREFUSED.*check host and port in `baseUrl`/,
  ],
  ['the host name is misspelt', broken('ENOTFOUND', 'getaddrinfo ENOTFOUND'), /ENOTFOUND.*check the host in `baseUrl`/],
  ['the name server is away', broken('EAI_AGAIN', 'getaddrinfo EAI_AGAIN'), /EAI_AGAIN.*the name server/],
  [
    'the certificate is self-signed',
    broken('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
    /trustedFetch\(\{ ca \}\)/,
  ],
  [
    'the authority is not known',
    broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify'),
    /trustedFetch\(\{ ca \}\)/,
  ],
  [
    'the certificate has expired',
    broken('CERT_HAS_EXPIRED', 'certificate has expired'),
    /renew it, or correct the clock/,
  ],
  [
    'the certificate is of another host',
    broken('ERR_TLS_CERT_ALTNAME_INVALID', 'altnames'),
    /correct the host in `baseUrl`/,
  ],
  [
    'the port does not speak TLS',
    broken('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'),
    /check scheme and port/,
  ],
  [
    'the port cannot be reached',
    broken('UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'),
    /could not be connected to.*\n.*Check the address/,
  ],
];

describe.each(Object.entries(systems))('%s', (_, { read, start, fetch }) => {
  it.each(unsent)('%s: nothing was sent', async (_, broken, says) => {
    const counter = counted(broken);
    const mistake: Omit<Mistake, 'make'> = { is: 'ConnectionError', says: [says, /Nothing was started/], sends: true };
    await expectHelp({ ...mistake, make: () => read(counter.fetch) }, counter);
    await expectHelp({ ...mistake, make: () => start(counter.fetch) }, counter);
  });

  it.each([200, 302, 403, 404, 407, 502, 503])(
    'a proxy answers with %i and a page, which no read takes for data',
    async (status) => {
      const counter = counted(page(status));
      await expectHelp(
        { make: () => read(counter.fetch), says: [/Next: +(Check|Try|Get|Correct) /], sends: true },
        counter,
      );
    },
  );

  it('the password, or the key, is wrong', async () => {
    const counter = counted(fetch);
    const says = [/Check user, password or token.*repeated refusals can lock an account/];
    await expectHelp({ make: () => read(counter.fetch), is: 'AuthenticationError', says, sends: true }, counter);
    await expectHelp({ make: () => start(counter.fetch), is: 'AuthenticationError', says, sends: true }, counter);
  });

  it('the `fetch` that was given returns nothing', async () => {
    const counter = counted(async () => untyped(undefined));
    const says = [/`fetch` returned no Response/];
    await expectHelp({ make: () => read(counter.fetch), is: 'ConnectionError', says, sends: true }, counter);
  });
});
