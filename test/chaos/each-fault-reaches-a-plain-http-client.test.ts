import { afterEach, describe, expect, it } from 'vitest';
import type { WireFault } from '../../src/testing/fault-wire.ts';
import type { EmulatorServer } from '../../src/testing/listen.ts';
import { oracleEpmEmulator } from '../../src/testing/oracle-epm/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

const RESTORE = '/interop/rest/v1/services/restoreenvironment';
const LIST = '/interop/rest/v2/backups/list';
const headers = { authorization: `Basic ${btoa('admin:secret')}`, 'content-type': 'application/json' };
const startBody = JSON.stringify({ backupName: '2026-04-23T08:48:06/Environment_Backup' });

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

const servers: EmulatorServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** The same emulator by function call and over a socket. */
const ways = {
  'in process': async (wire: readonly WireFault[], clock = virtualClock()) => {
    const emulator = oracleEpmEmulator({ clock, scenario: { faults: { wire } } });
    const fetch: Fetch = (path, init) =>
      emulator.fetch(`https://epm.invalid${path}`, { headers, redirect: 'manual', ...init });
    return { emulator, fetch, clock };
  },
  'over a socket': async (wire: readonly WireFault[], clock = virtualClock()) => {
    const emulator = oracleEpmEmulator({ clock, scenario: { faults: { wire } } });
    const server = await emulator.listen();
    servers.push(server);
    const fetch: Fetch = (path, init) => globalThis.fetch(server.url + path, { headers, redirect: 'manual', ...init });
    return { emulator, fetch, clock };
  },
};

describe.each(Object.entries(ways))('%s', (_, open) => {
  const listThrough = async (fault: WireFault) => (await open([{ ...fault, on: 'other' }])).fetch(LIST);

  it('cuts the connection before the answer', async () => {
    await expect(listThrough({ kind: 'reset' })).rejects.toThrow(TypeError);
  });

  it('cuts it after the headers', async () => {
    const answer = await listThrough({ kind: 'reset-after-headers' });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow(TypeError);
  });

  it('cuts it in the middle of the body', async () => {
    const answer = await listThrough({ kind: 'reset-in-body' });
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toMatch(/^\{"/);
    await expect(reader?.read()).rejects.toThrow(TypeError);
  });

  it('ends in the middle of the JSON', async () => {
    const text = await (await listThrough({ kind: 'truncated' })).text();
    expect(text).toMatch(/^\{"/);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('has no body', async () => {
    const answer = await listThrough({ kind: 'empty' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('names another content type', async () => {
    const answer = await listThrough({ kind: 'wrong-type', contentType: 'application/octet-stream' });
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(await answer.json()).toHaveProperty('items');
  });

  it('is a page for people with 200', async () => {
    const answer = await listThrough({ kind: 'html' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('redirects to a login page elsewhere', async () => {
    const answer = await listThrough({ kind: 'redirect' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://login.invalid/signin']);
  });

  it('is a megabyte of junk', async () => {
    const answer = await listThrough({ kind: 'junk' });
    expect((await answer.arrayBuffer()).byteLength).toBe(1_048_576);
  });

  it('is JSON of something else', async () => {
    expect(await (await listThrough({ kind: 'other-json', json: '[]' })).json()).toEqual([]);
  });

  it.each([500, 502, 503, 504])('answers %i without Retry-After', async (status) => {
    const answer = await listThrough({ kind: 'status', status });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, null]);
  });

  it.each(['3', '999999999', '-5', 'soon'])('answers 429 with Retry-After: %s', async (retryAfter) => {
    const answer = await listThrough({ kind: 'status', status: 429, retryAfter, page: 'empty' });
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([429, retryAfter, '']);
  });

  it('tells Retry-After as a date of its own, wrong clock', async () => {
    const retryAfter = { inMs: 30_000, skewMs: -3_600_000 };
    const answer = await listThrough({ kind: 'status', status: 429, retryAfter });
    const [until = 0, said = 0] = ['retry-after', 'date'].map((name) => Date.parse(answer.headers.get(name) ?? ''));
    expect([said - Date.UTC(2026, 0, 1), until - said]).toEqual([-3_600_000, 30_000]);
  });

  it('answers nothing until the caller gives up', async () => {
    const { fetch } = await open([{ on: 'other', kind: 'hang' }]);
    const giveUp = new AbortController();
    const answer = fetch(LIST, { signal: giveUp.signal });
    await expect(Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, 'nothing'))])).resolves.toBe(
      'nothing',
    );
    giveUp.abort();
    await expect(answer).rejects.toThrow();
  });

  it.each(['slow-answer', 'slow-body'] as const)('takes its time: %s', async (kind) => {
    const { fetch, clock } = await open([{ on: 'other', kind, forMs: 40_000 }]);
    const before = clock.now();
    expect(await (await fetch(LIST)).json()).toHaveProperty('items');
    expect(clock.now() - before).toBe(40_000);
  });

  it.each([true, false])('drops the answer of a start that was carried out: %s', async (carriedOut) => {
    const { emulator, fetch } = await open([{ on: 'start', kind: 'status', status: 502, carriedOut }]);
    expect((await fetch(RESTORE, { method: 'POST', body: startBody })).status).toBe(502);
    expect(emulator.restores).toHaveLength(carriedOut ? 1 : 0);
  });
});

describe('in which calls', () => {
  const statusesOf = async (wire: readonly WireFault[], count: number) => {
    const { fetch } = await ways['in process'](wire);
    const statuses: number[] = [];
    for (let call = 0; call < count; call += 1) statuses.push((await fetch(LIST)).status);
    return statuses;
  };
  const unavailable = { kind: 'status', status: 503 } as const;

  it('by their number', async () => {
    expect(await statusesOf([{ ...unavailable, on: 'other', fromCall: 2, toCall: 3 }], 4)).toEqual([
      200, 503, 503, 200,
    ]);
  });

  it('each second one', async () => {
    expect(await statusesOf([{ ...unavailable, on: 'all', every: 2 }], 4)).toEqual([200, 503, 200, 503]);
  });

  it('of another role: none', async () => {
    expect(await statusesOf([unavailable], 2)).toEqual([200, 200]);
  });

  it('by the time since the start, which is 0 before it', async () => {
    const { fetch, clock } = await ways['in process']([{ ...unavailable, on: 'other', fromMs: 1_000, toMs: 2_000 }]);
    const seen = [(await fetch(LIST)).status];
    await fetch(RESTORE, { method: 'POST', body: startBody });
    for (let poll = 0; poll < 3; poll += 1) {
      seen.push((await fetch(LIST)).status);
      clock.jump(1_000);
    }
    expect(seen).toEqual([200, 200, 503, 200]);
  });

  it('a start that was lost may be carried out late', async () => {
    const wire = [{ on: 'start', kind: 'reset', carriedOut: { afterMs: 30_000 } }] as const;
    const { emulator, fetch, clock } = await ways['in process'](wire);
    await expect(fetch(RESTORE, { method: 'POST', body: startBody })).rejects.toThrow(TypeError);
    expect(emulator.restores).toEqual([]);
    await clock.sleep(60_000);
    expect(emulator.restores.map(({ startedAt }) => startedAt)).toEqual([Date.UTC(2026, 0, 1) + 30_000]);
  });
});
