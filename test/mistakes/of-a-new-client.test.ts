import { basicAuth, bearerToken, secretFromEnv, uaaClientCredentials, uaaPassword, veeamPassword } from 'restorekit';
import { CloudFoundryClient } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { secretFromFile, trustedFetch } from 'restorekit/node';
import { OracleEpmClient } from 'restorekit/oracle-epm';
import { VeeamM365V5Client, VeeamM365V6Client } from 'restorekit/veeam-m365';
import { afterEach, describe, it, vi } from 'vitest';
import { counted, expectHelp, type Mistake, SECRET, untyped } from './mistake.ts';

const BASE = 'https://system.example.org';
const basic = () => basicAuth({ username: 'admin', password: 'secret' });
const uaa = () => uaaPassword({ username: 'admin', password: 'secret' });
const veeam = () => veeamPassword({ username: 'DOMAIN\\admin', password: 'secret' });
const key = () => docspaceApiKey('sk-0123456789abcdef0123456789abcdef');

const clients = {
  OracleEpmClient: { Client: OracleEpmClient, auth: basic, others: [uaa, veeam, key] },
  CloudFoundryClient: { Client: CloudFoundryClient, auth: uaa, others: [basic, veeam, key] },
  VeeamM365V5Client: { Client: VeeamM365V5Client, auth: veeam, others: [basic, uaa, key] },
  VeeamM365V6Client: { Client: VeeamM365V6Client, auth: veeam, others: [basic, uaa, key] },
  DocSpaceClient: { Client: DocSpaceClient, auth: key, others: [uaa, veeam] },
};

afterEach(() => vi.unstubAllEnvs());

describe.each(Object.entries(clients))('%s', (_, { Client, auth, others }) => {
  const counter = counted(() => Promise.reject(new Error('nothing may be sent')));
  const make = (options: object) => () =>
    new (untyped(Client))({ baseUrl: BASE, auth: auth(), fetch: counter.fetch, ...options });
  const refused = (mistake: Omit<Mistake, 'is'>) => expectHelp({ is: 'ConfigurationError', ...mistake }, counter);

  it.each([
    ['without a scheme', 'api.example.org', /must be an absolute URL such as https:/],
    ['with a misspelt scheme', 'https//api.example.org', /must be an absolute URL such as https:/],
    ['with a word as port', 'https://api.example.org:port', /must be an absolute URL such as https:/],
    ['of a host and a port alone', 'localhost:4443', /must be an absolute URL such as https:/],
    ['that is an empty environment variable', '', /must be an absolute URL such as https:/],
    ['that is no environment variable at all', undefined, /must be an absolute URL such as https:/],
    ['of plain http', 'http://api.example.org', /use https, or set `allowInsecureHttp: true`/],
    ['with a password in it', `https://admin:${SECRET}@api.example.org`, /must not hold credentials.*`auth`/],
  ])('has a base URL %s', (_, baseUrl, says) => refused({ make: make({ baseUrl }), says: [/baseUrl/, says] }));

  it.each([
    ['base_url', "'baseUrl'"],
    ['baseURL', "'baseUrl'"],
    ['url', "'baseUrl'"],
    ['timeout', "'requestTimeoutMs'"],
    ['user_agent', "'userAgent'"],
  ])('has an option %s', (name, meant) =>
    refused({ make: make({ [name]: 'x' }), says: [new RegExp(`${name}: is not known here. Did you mean ${meant}?`)] }),
  );

  it('has its options one by one', () =>
    refused({
      make: () => new (untyped(Client))(BASE, auth()),
      says: [/options: must be an object, such as \{ baseUrl, auth \}/],
    }));

  it('has no auth', () =>
    refused({ make: make({ auth: undefined }), says: [/auth: must be made by an auth function/] }));

  it.each([{ username: 'admin', password: SECRET }, SECRET])('has credentials as auth', (wrong) =>
    refused({ make: make({ auth: wrong }), says: [/auth: must be made by an auth function, such as basicAuth/] }),
  );

  it('has the login of another system', async () => {
    for (const other of others) {
      await refused({ make: make({ auth: other() }), says: [/auth: of the kind '.*' does not fit.*it takes /] });
    }
  });

  it('has an emulator as fetch', () =>
    refused({
      make: make({ fetch: { fetch: counter.fetch } }),
      says: [/fetch: must be a function.*pass `\.fetch` of it/],
    }));

  it('runs where there is no fetch', async () => {
    vi.stubGlobal('fetch', undefined);
    await refused({ make: make({ fetch: undefined }), says: [/fetch: is required, because this platform has no/] });
    vi.unstubAllGlobals();
  });

  it('has a time limit in words', () =>
    refused({
      make: make({ requestTimeoutMs: '30s' }),
      says: [/requestTimeoutMs: must be a number above 0; got 30s/],
    }));
});

const secrets: Readonly<Record<string, (secret: unknown) => unknown>> = {
  'basicAuth: auth.password': (password) => basicAuth(untyped({ username: 'admin', password })),
  'uaaPassword: auth.password': (password) => uaaPassword(untyped({ username: 'admin', password })),
  'veeamPassword: auth.password': (password) => veeamPassword(untyped({ username: 'admin', password })),
  'uaaClientCredentials: auth.clientSecret': (clientSecret) =>
    uaaClientCredentials(untyped({ clientId: 'x', clientSecret })),
  'docspaceApiKey: auth.key': (secret) => docspaceApiKey(untyped(secret)),
  'bearerToken: auth.token': (secret) => bearerToken(untyped(secret)),
};

describe.each(Object.entries(secrets))('%s', (name, make) => {
  const field = new RegExp(`${name.split(': ')[1]}: `);
  const refused = (secret: unknown, ...says: readonly RegExp[]) =>
    expectHelp({ make: () => make(secret), is: 'ConfigurationError', says: [field, ...says] });

  it('is an environment variable that is not set', () =>
    refused(process.env.RESTOREKIT_NO_SUCH_VARIABLE, /is undefined.*use secretFromEnv\('NAME'\)/));
  it('ends with the line break of its file', () => refused(`${SECRET}\n`, /Remove it, or .*`secretFromFile`/));
  it('is a promise', () => refused(Promise.resolve(SECRET), /await it first/));
  it('is a number', () => refused(4711, /It is a number: pass it as text/));
});

it.each(Object.entries(secrets).filter(([name]) => !name.startsWith('uaaClientCredentials')))(
  '%s is empty, which only an OAuth client may have',
  (_, make) =>
    expectHelp({ make: () => make(''), is: 'ConfigurationError', says: [/must not be empty. Nothing was sent/] }),
);

describe('a secret that is read when it is needed', () => {
  const counter = counted(() => Promise.reject(new Error('nothing may be sent')));
  const used = (password: () => string | Promise<string>) => () =>
    new OracleEpmClient({
      baseUrl: BASE,
      auth: basicAuth({ username: 'admin', password }),
      fetch: counter.fetch,
    }).backups
      .list()
      .toArray();
  const refused = (make: () => unknown, ...says: readonly RegExp[]) =>
    expectHelp({ make, is: 'ConfigurationError', says }, counter);

  it('is not set', () => refused(used(secretFromEnv('EPM_PASSWORD_X')), /EPM_PASSWORD_X: .*is not set. Set it/));
  it('is set to nothing', () => {
    vi.stubEnv('EPM_PASSWORD_X', '');
    return refused(used(secretFromEnv('EPM_PASSWORD_X')), /EPM_PASSWORD_X: .*is empty. Set it/);
  });
  it('ends with a line break', () => {
    vi.stubEnv('EPM_PASSWORD_X', `${SECRET}\n`);
    return refused(used(secretFromEnv('EPM_PASSWORD_X')), /EPM_PASSWORD_X: .*ends with a line break. Remove it/);
  });
  it('is passed in the place of its name', () =>
    refused(() => secretFromEnv(SECRET), /name: must be the name of an environment variable.*not the secret/));
  it('is passed in the place of its name, and reads like one', async () => {
    const error = /secretFromEnv: .*is not set. Set it. Its name is not shown, because .*may be the secret/;
    await refused(used(secretFromEnv('hunter2')), error);
  });
  it('has a $ before its name', () => refused(() => secretFromEnv('$EPM_PASSWORD'), /no \$ before it/));
  it('is the variable, not its name', () =>
    refused(() => secretFromEnv(untyped(process.env.RESTOREKIT_NO_SUCH_VARIABLE)), /name: .*It is undefined/));
  it('is in a file that is not there', () =>
    refused(used(secretFromFile('/run/secrets/no-such-file')), /no-such-file: the file cannot be read \(ENOENT\)/));
});

describe('a login', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['with user instead of username', () => basicAuth(untyped({ user: 'a', password: SECRET })), /'username'/],
    ['with user_name', () => uaaPassword(untyped({ user_name: 'a', password: SECRET })), /'username'/],
    ['with client_id', () => uaaPassword(untyped({ username: 'a', password: SECRET, client_id: 'x' })), /'clientId'/],
    [
      'with a domain',
      () => veeamPassword(untyped({ username: 'a', password: SECRET, domain: 'x' })),
      /There are: username, password/,
    ],
    [
      'with a name and a password',
      () => untyped(basicAuth)('admin', SECRET),
      /auth: must be an object, such as \{ username, password \}/,
    ],
    [
      'with a UAA without a scheme',
      () => uaaPassword({ username: 'a', password: SECRET, uaaUrl: 'login.example.org' }),
      /auth.uaaUrl: must be an absolute URL such as/,
    ],
    [
      'with a colon in the name',
      () => basicAuth({ username: `a:${SECRET}`, password: 'x' }),
      /auth.username: must not hold a colon/,
    ],
  ])('%s', (_, make, says) => expectHelp({ make, is: 'ConfigurationError', says: [says] }));
});

describe('trustedFetch', () => {
  it.each<[string, object, RegExp]>([
    ['with the name of a file', { ca: '/etc/ssl/ca.pem' }, /ca: must be the text of a PEM file/],
    ['with a short fingerprint', { fingerprint256: 'AA:BB' }, /fingerprint256: must be 64 hex digits/],
    ['with the switch of Node', { rejectUnauthorized: false }, /rejectUnauthorized: is not known here. There are: ca/],
  ])('%s', (_, options, says) =>
    expectHelp({ make: () => trustedFetch(untyped(options)), is: 'ConfigurationError', says: [says] }),
  );
});
