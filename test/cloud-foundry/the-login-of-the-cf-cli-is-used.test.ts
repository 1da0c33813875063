import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CloudFoundryClient } from '../../src/cloud-foundry/index.ts';
import { cfCli } from '../../src/cloud-foundry/node.ts';
import { AuthenticationError, ConfigurationError, ConnectionError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { refusal, tokenServer, unauthorized } from '../auth/token-server.ts';
import { rejection } from '../support/rejection.ts';
import { BASE, foundation, ORDERS, RESTORE } from './support.ts';

const MINUTE = 60_000;
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cf-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
  vi.unstubAllEnvs();
});

const fileOf = () => join(home, '.cf', 'config.json');
function write(fields: object | string): void {
  mkdirSync(join(home, '.cf'), { recursive: true });
  const text = typeof fields === 'string' ? fields : JSON.stringify({ ...CONFIG, ...fields });
  writeFileSync(fileOf(), text);
}

const CONFIG = {
  ConfigVersion: 4,
  Target: BASE,
  UaaEndpoint: BASE,
  AuthorizationEndpoint: BASE,
  UAAOAuthClient: 'cf',
  UAAOAuthClientSecret: '',
  UAAGrantType: '',
  OrganizationFields: { GUID: 'f1d6', Name: 'acme', QuotaDefinition: { guid: '' } },
  SpaceFields: { GUID: '9a21', Name: 'production', AllowSSH: true },
  SSLDisabled: false,
};

/** A foundation on which somebody has run `cf login`. */
async function loggedIn(scenario: Parameters<typeof foundation>[0] = {}) {
  const { clock, emulator, sent } = foundation(scenario);
  const logIn = async (fields: object = {}) => {
    const answer = await emulator.fetch(`${BASE}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Basic Y2Y6' },
      body: 'grant_type=password&username=admin&password=secret',
    });
    const { access_token, refresh_token } = (await answer.json()) as Record<string, string>;
    write({ AccessToken: `bearer ${access_token}`, RefreshToken: refresh_token, ...fields });
    return { accessToken: access_token, refreshToken: refresh_token };
  };
  const tokens = await logIn();
  const before = sent('createToken').length;
  const grants = () =>
    sent('createToken')
      .slice(before)
      .map(({ body }) => new URLSearchParams(body).get('grant_type'));
  const newClient = () => {
    const cli = cfCli({ home });
    return new CloudFoundryClient({ baseUrl: cli.baseUrl, auth: cli, fetch: emulator.fetch, clock });
  };
  return { clock, emulator, tokens, logIn, grants, newClient, sent };
}

it('the access token of the CLI is used as it is, without a login', async () => {
  const { newClient, grants, tokens, emulator } = await loggedIn();
  await newClient().serviceInstances.list().toArray();
  expect(grants()).toEqual([]);
  expect(emulator.requests.at(-1)?.headers.authorization).toBe(`Bearer ${tokens.accessToken}`);
});

it('its target narrows a find to the space of the CLI', async () => {
  const { newClient } = await loggedIn();
  const { target } = cfCli({ home });
  expect(target).toEqual({ organization: 'acme', space: 'production' });
  const cf = newClient();
  expect((await cf.serviceInstances.find({ name: 'orders-db', ...target })).guid).toBe(ORDERS);
  expect(await rejection(cf.serviceInstances.find({ name: 'orders-db' }))).toMatchObject({ reason: 'several' });
});

it.each([
  [{ SpaceFields: { GUID: '', Name: '' } }, { organization: 'acme' }],
  [{ SpaceFields: null, OrganizationFields: null }, {}],
  [{ SpaceFields: { GUID: 'space-guid' } }, { organization: 'acme', space: 'space-guid' }],
])('what the CLI does not target is left out: %j', async (fields, target) => {
  write({ AccessToken: 'bearer a.b.c', ...fields });
  expect(cfCli({ home }).target).toEqual(target);
});

it('a token that ends is refreshed as the CLI does, for the whole wait, and the file is never written (CF-21)', async () => {
  const { newClient, grants } = await loggedIn('short-tokens');
  const [text, { mtimeMs }] = [readFileSync(fileOf(), 'utf8'), statSync(fileOf())];
  const done = await waitForCompletion(await newClient().serviceInstances.restore(RESTORE));
  expect(done.state).toBe('succeeded');
  expect(grants().length).toBeGreaterThan(3);
  expect(new Set(grants())).toEqual(new Set(['refresh_token']));
  expect(readFileSync(fileOf(), 'utf8')).toBe(text);
  expect(statSync(fileOf()).mtimeMs).toBe(mtimeMs);
});

it('a token that lives less than a minute is refreshed before it is sent', async () => {
  const { newClient, grants, clock, sent } = await loggedIn();
  clock.jump(19.5 * MINUTE);
  await newClient().serviceInstances.list().toArray();
  expect(grants()).toEqual(['refresh_token']);
  expect(sent('listServiceInstances').length).toBe(1);
});

it('tokens that the CLI has refreshed meanwhile are taken from the file', async () => {
  const { newClient, grants, clock, logIn, emulator } = await loggedIn();
  const cf = newClient();
  await cf.serviceInstances.list().toArray();
  clock.jump(15 * MINUTE);
  const { accessToken } = await logIn();
  const count = grants().length;
  clock.jump(5 * MINUTE);
  await cf.serviceInstances.list().toArray();
  expect(grants()).toHaveLength(count);
  expect(emulator.requests.at(-1)?.headers.authorization).toBe(`Bearer ${accessToken}`);
});

it('a refresh token that ours has replaced is not needed, and that of a new cf login is taken', async () => {
  const { newClient, clock, logIn, grants } = await loggedIn();
  const cf = newClient();
  for (let count = 0; count < 3; count += 1) {
    clock.jump(20 * MINUTE);
    await cf.serviceInstances.list().toArray();
  }
  expect(grants()).toEqual(['refresh_token', 'refresh_token', 'refresh_token']);
  await logIn();
  clock.jump(25 * MINUTE);
  await cf.serviceInstances.list().toArray();
  expect(grants().slice(3)).toEqual(['password', 'refresh_token']);
});

it('a login that has ended says to run cf login, and works again after it', async () => {
  const { newClient, clock, logIn, grants } = await loggedIn({ tokens: { refreshLifeMs: 30 * MINUTE } });
  const cf = newClient();
  await cf.serviceInstances.list().toArray();
  clock.jump(60 * MINUTE);
  const error = await rejection(cf.serviceInstances.list().toArray());
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error).toMatchObject({ reason: 'login-needed', message: expect.stringContaining('Run cf login') });
  for (let count = 0; count < 5; count += 1) await rejection(cf.serviceInstances.list().toArray());
  expect(grants()).toEqual(['refresh_token']);
  await logIn();
  await cf.serviceInstances.list().toArray();
});

it('a client of cf auth --client-credentials logs in again with what the CLI has kept', async () => {
  const { newClient, grants, clock } = await loggedIn();
  const { AccessToken } = JSON.parse(readFileSync(fileOf(), 'utf8')) as { AccessToken: string };
  const client = { UAAOAuthClient: 'restorekit-ci', UAAOAuthClientSecret: 'client-secret' };
  write({ AccessToken, RefreshToken: '', UAAGrantType: 'client_credentials', ...client });
  const cf = newClient();
  await cf.serviceInstances.list().toArray();
  clock.jump(30 * MINUTE);
  await cf.serviceInstances.list().toArray();
  expect(grants()).toEqual(['client_credentials']);
});

it('without a refresh token nothing is sent once the access token has ended', async () => {
  const { newClient, clock, emulator } = await loggedIn();
  const { AccessToken } = JSON.parse(readFileSync(fileOf(), 'utf8')) as { AccessToken: string };
  write({ AccessToken, RefreshToken: '' });
  const cf = newClient();
  clock.jump(30 * MINUTE);
  const before = emulator.requests.length;
  expect(await rejection(cf.serviceInstances.list().toArray())).toMatchObject({ reason: 'login-needed' });
  expect(emulator.requests).toHaveLength(before);
});

it('a token of the file that was never accepted ends a wait at once where it cannot be refreshed', async () => {
  write({ AccessToken: 'bearer a.b.c', RefreshToken: 'dead-refresh-token' });
  const server = tokenServer({ grant: () => refusal(), api: () => unauthorized() });
  const cli = cfCli({ home });
  const cf = new CloudFoundryClient({ baseUrl: cli.baseUrl, auth: cli, fetch: server.fetch });
  expect(await rejection(waitForCompletion(cf.attach({ id: 'job-1' })))).toMatchObject({ name: 'AccessLostError' });
  expect(server.grants).toHaveLength(1);
});

describe('tokens are not sent', () => {
  it('to another foundation than that of the CLI', async () => {
    write({ AccessToken: 'bearer a.b.c', RefreshToken: 'some-refresh-token' });
    const connect = () => new CloudFoundryClient({ baseUrl: 'https://api.other.example', auth: cfCli({ home }) });
    expect(connect).toThrow(ConfigurationError);
    expect(connect).toThrow(/https:\/\/api\.example\.org.*not to https:\/\/api\.other\.example/);
  });

  it('of another foundation, after the CLI was logged in there during a wait', async () => {
    const { newClient, clock, emulator } = await loggedIn();
    const cf = newClient();
    await cf.serviceInstances.list().toArray();
    write({ Target: 'https://api.other.example', AccessToken: 'bearer x.y.z', RefreshToken: 'other-refresh' });
    clock.jump(30 * MINUTE);
    const before = emulator.requests.length;
    const error = await rejection(cf.serviceInstances.list().toArray());
    expect(error).toMatchObject({ name: 'AuthenticationError', reason: 'login-needed' });
    expect((error as Error).message).toContain('https://api.other.example');
    expect(emulator.requests).toHaveLength(before);
  });
});

it('a file that is being written says nothing about the login', async () => {
  const { newClient, clock } = await loggedIn();
  const cf = newClient();
  await cf.serviceInstances.list().toArray();
  const text = readFileSync(fileOf(), 'utf8');
  write(text.slice(0, 40));
  clock.jump(30 * MINUTE);
  const error = await rejection(cf.serviceInstances.list().toArray());
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ sent: 'no' });
  write(text);
  await cf.serviceInstances.list().toArray();
});

it.each<[string, object | string | undefined, RegExp]>([
  ['no file', undefined, /config\.json cannot be read.*CF_HOME/],
  ['no JSON', 'Target: x', /is not the configuration of a cf CLI/],
  ['no login', { AccessToken: '', RefreshToken: '' }, /not logged in .*cf login/],
  ['no target', { Target: '', AccessToken: 'bearer a.b.c' }, /no target/],
  ['Kubernetes', { CFOnK8s: { Enabled: true }, AccessToken: '' }, /Kubernetes/],
])('%s is said when the login is made', (_, config, message) => {
  if (config !== undefined) write(config);
  expect(() => cfCli({ home })).toThrow(ConfigurationError);
  expect(() => cfCli({ home })).toThrow(message);
});

it('CF_HOME names the folder, and an unknown option is refused', () => {
  write({ AccessToken: 'bearer a.b.c' });
  vi.stubEnv('CF_HOME', home);
  expect(cfCli().baseUrl).toBe(BASE);
  expect(() => cfCli({ folder: home } as never)).toThrow(expect.objectContaining({ field: 'folder' }));
});

it('no token of the file is shown', async () => {
  const { newClient, clock, tokens, emulator } = await loggedIn({ tokens: { refreshLifeMs: 1 } });
  const cf = newClient();
  clock.jump(30 * MINUTE);
  const error = await rejection(cf.serviceInstances.list().toArray());
  const shown = `${JSON.stringify(error)}${(error as Error).stack}${JSON.stringify(cf)}${JSON.stringify(cfCli({ home }))}`;
  expect(shown).not.toContain(tokens.refreshToken);
  expect(shown).not.toContain(tokens.accessToken);
  expect(emulator.requests.length).toBeGreaterThan(0);
});
