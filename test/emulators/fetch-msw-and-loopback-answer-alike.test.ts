import { setupServer } from 'msw/node';
import { describe, expect, it } from 'vitest';
import { CloudFoundryClient, uaaPassword } from '../../src/cloud-foundry/index.ts';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { cloudFoundryEmulator } from '../../src/testing/cloud-foundry/emulator.ts';
import { cloudFoundryScenarios } from '../../src/testing/cloud-foundry/scenarios.ts';
import { docspaceEmulator } from '../../src/testing/docspace/emulator.ts';
import { docspaceScenarios } from '../../src/testing/docspace/scenarios.ts';
import type { Emulator } from '../../src/testing/emulator.ts';
import { mswHandlers } from '../../src/testing/msw.ts';
import { oracleEpmEmulator } from '../../src/testing/oracle-epm/emulator.ts';
import { oracleEpmScenarios } from '../../src/testing/oracle-epm/scenarios.ts';
import { veeamM365Emulator } from '../../src/testing/veeam-m365/emulator.ts';
import { veeamM365Scenarios } from '../../src/testing/veeam-m365/scenarios.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** The three ways to reach an emulator: each runs `use` with a base URL and a fetch. */
const ways: Readonly<
  Record<string, <T>(emulator: Emulator, use: (base: string, fetch: Fetch) => Promise<T>) => Promise<T>>
> = {
  fetch: (emulator, use) => use('https://emulated.example.org', emulator.fetch),
  'msw handlers': async (emulator, use) => {
    const server = setupServer(...mswHandlers(emulator));
    server.listen({ onUnhandledRequest: 'error' });
    try {
      return await use('https://emulated.example.org', (url, init) => globalThis.fetch(url, init));
    } finally {
      server.close();
    }
  },
  'listen()': async (emulator, use) => {
    const server = await emulator.listen();
    try {
      return await use(server.url, (url, init) => globalThis.fetch(url, init));
    } finally {
      await server.close();
    }
  },
};

interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

const products: Readonly<Record<string, { make: () => Emulator; asks: readonly Ask[] }>> = {
  'Cloud Foundry': {
    make: () => cloudFoundryEmulator({ clock: virtualClock(), scenario: { headerWarnings: ['one%2C+two', 'three'] } }),
    asks: [
      { path: '/' },
      { path: '/nowhere' },
      { path: '/v3/service_instances' },
      {
        method: 'POST',
        path: '/oauth/token',
        headers: { ...FORM, authorization: 'Basic Y2Y6' },
        body: 'grant_type=password&username=admin&password=secret',
      },
      { path: '/v3/service_instances?names=orders-db%252C,billing-db', headers: { authorization: 'bearer {token}' } },
      {
        method: 'POST',
        path: '/v3/service_instances/c89b3280-fe8d-4aa0-a42e-44465bb1c61c/actions/restore',
        headers: { ...JSON_TYPE, authorization: 'bearer {token}' },
        body: '{}',
      },
      {
        method: 'POST',
        path: '/v3/service_instances/c89b3280-fe8d-4aa0-a42e-44465bb1c61c/actions/restore',
        headers: { ...JSON_TYPE, authorization: 'bearer {token}' },
        body: '{"backup_id":"ä€😀"}',
      },
    ],
  },
  'Oracle EPM': {
    make: () => oracleEpmEmulator({ clock: virtualClock() }),
    asks: [
      { path: '/interop/rest/v2/backups/list' },
      { path: '/interop/rest/v2/backups/list', headers: { authorization: `Basic ${btoa('admin:secret')}` } },
      {
        method: 'POST',
        path: '/interop/rest/v1/services/restoreenvironment',
        headers: { ...JSON_TYPE, authorization: `Basic ${btoa('admin:secret')}` },
        body: '{"backupName":"2026-04-23T08:48:06/Environment_Backup"}',
      },
      {
        method: 'PUT',
        path: '/interop/rest/v1/services/restoreenvironment',
        headers: { authorization: `Basic ${btoa('admin:secret')}` },
      },
    ],
  },
  DocSpace: {
    make: () => docspaceEmulator({ clock: virtualClock() }),
    asks: [
      { path: '/api/2.0/settings' },
      { path: '/api/2.0/backup/getrestoreprogress' },
      { path: '/api/2.0/backup/getbackuphistory' },
      { path: '/elsewhere' },
      {
        method: 'POST',
        path: '/api/2.0/authentication',
        headers: JSON_TYPE,
        body: '{"userName":"owner@portal.example.com","password":"emulated-password"}',
      },
    ],
  },
  Veeam: {
    make: () => veeamM365Emulator({ clock: virtualClock() }),
    asks: [
      { path: '/v6/Organizations' },
      {
        method: 'POST',
        path: '/V6/Token',
        headers: FORM,
        body: 'grant_type=password&username=DOMAIN%5Cadministrator&password=secret',
      },
      { path: '/v6/Organizations', headers: { authorization: 'Bearer {token}' } },
      { path: '/v5/RestoreSessions?limit=1', headers: { authorization: 'Bearer {token}' } },
    ],
  },
};

async function converse(way: string, make: () => Emulator, asks: readonly Ask[]) {
  const emulator = make();
  const answers = await ways[way]?.(emulator, async (base, fetch) => {
    const told: object[] = [];
    let token = '';
    for (const { path, headers = {}, ...init } of asks) {
      const filled = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace('{token}', token)]),
      );
      const answer = await fetch(base + path, { ...init, headers: filled, redirect: 'manual' });
      const text = await answer.text();
      token = /"access_token":"([^"]+)"/.exec(text)?.[1] ?? token;
      const kept = [
        'content-type',
        'location',
        'x-cf-warnings',
        'set-cookie',
        'www-authenticate',
        'allow',
        'x-vcap-request-id',
      ];
      const shown = Object.fromEntries(
        kept.map((name) => [name, answer.headers.get(name)?.replaceAll(base, 'BASE') ?? null]),
      );
      told.push({ path, status: answer.status, ...shown, text: text.replaceAll(base, 'BASE') });
    }
    return told;
  });
  const seen = emulator.requests.map(({ method, path, body, operationId, headers }) => ({
    method,
    path,
    body,
    operationId,
    authorization: headers.authorization,
  }));
  return { answers, seen, restores: emulator.restores };
}

describe.each(Object.entries(products))('the emulator of %s', (_, { make, asks }) => {
  it.each(['msw handlers', 'listen()'])('answers through %s as through fetch, and has seen the same', async (way) => {
    const wanted = await converse('fetch', make, asks);
    expect(wanted.answers).toHaveLength(asks.length);
    expect(await converse(way, make, asks)).toEqual(wanted);
  });
});

describe.each(Object.keys(ways))('through %s', (way) => {
  const start = (base: string, fetch: Fetch) =>
    new CloudFoundryClient({
      baseUrl: base,
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
      fetch,
    }).serviceInstances.restore({
      into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
      from: 'server-default',
    });

  it('a connection that is cut after the start is a reset, and the restore runs', async () => {
    const emulator = cloudFoundryEmulator({ scenario: 'lost-start-answer' });
    const error = await rejection(ways[way]?.(emulator, start) ?? Promise.resolve());
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect((error as StartOutcomeUnknownError).cause).toMatchObject({ name: 'ConnectionError', sent: 'unknown' });
    expect(emulator.restores).toHaveLength(1);
    expect(emulator.requests.filter(({ operationId }) => operationId === 'restoreServiceInstance')).toHaveLength(1);
  });

  it('a plain request learns of a reset by a TypeError', async () => {
    const emulator = cloudFoundryEmulator({ scenario: { faults: { loseStartResponse: true, outage: {} } } });
    await ways[way]?.(emulator, start).catch(() => undefined);
    const error = await rejection(ways[way]?.(emulator, (base, fetch) => fetch(`${base}/`)) ?? Promise.resolve());
    expect(error).toBeInstanceOf(TypeError);
  });
});

describe('listen()', () => {
  it('takes a port of its own each time, on loopback, and gives it back', async () => {
    const emulator = cloudFoundryEmulator();
    const [first, second] = [await emulator.listen(), await emulator.listen()];
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(first.url).not.toBe(second.url);
    await Promise.all([first.close(), second.close()]);
    await expect(fetch(first.url)).rejects.toThrow();
  });

  it('cuts what is still open when it closes', async () => {
    const emulator = cloudFoundryEmulator({ scenario: { faults: { outage: { kind: 'hang' } } } });
    const server = await emulator.listen();
    const token = await new CloudFoundryClient({
      baseUrl: server.url,
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
    }).serviceInstances.restore({
      into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
      from: 'server-default',
    });
    expect(token.id).toEqual(expect.any(String));
    const hanging = rejection(fetch(`${server.url}/`));
    await expect.poll(() => emulator.requests.at(-1)?.path).toBe('/');
    await server.close();
    expect(await hanging).toBeInstanceOf(TypeError);
  });
});

describe('a scenario', () => {
  it('that nobody knows is refused with those that are known', () => {
    expect(() => cloudFoundryEmulator({ scenario: 'no-such' as never })).toThrow(/restore-succeeds/);
    expect(() => oracleEpmEmulator({ scenario: 'toString' as never })).toThrow(RangeError);
  });

  it('is data: it can be written down and read again', () => {
    for (const scenarios of [cloudFoundryScenarios, oracleEpmScenarios, docspaceScenarios, veeamM365Scenarios]) {
      expect(JSON.parse(JSON.stringify(scenarios))).toEqual(scenarios);
    }
  });
});
