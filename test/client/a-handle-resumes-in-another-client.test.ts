import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import { resume } from '../../src/client/resume.ts';
import { CloudFoundryClient } from '../../src/cloud-foundry/client.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { BASE, clientOf, GUID, JOB } from '../http/cloud-foundry-client.ts';
import { scriptedServer } from '../support/scripted-server.ts';

const HANDLE = {
  v: 1,
  kind: 'cloud-foundry/restore-service-instance',
  id: 'job-1',
  baseUrl: BASE,
  path: '/v3/jobs/job-1',
  startedAt: '2026-01-01T00:00:00.000Z',
} as const;
const clientAt = (baseUrl: string) =>
  new CloudFoundryClient({
    baseUrl,
    auth: bearerToken('the-token-0123'),
    fetch: scriptedServer(Response.json(JOB)).fetch,
  });

describe('a saved handle', () => {
  it('goes on in a new client with all that its result needs', async () => {
    const clock = virtualClock();
    let state = 'POLLING';
    const server = scriptedServer(({ method }) =>
      method === 'POST'
        ? new Response(null, { status: 202, headers: { location: '/v3/jobs/job~1.x' } })
        : Response.json({ guid: 'job~1.x', state }),
    );
    const { cf } = clientOf({ clock, fetch: server.fetch });
    const dataAsOf = new Date('2026-04-23T08:48:06Z');
    const operation = await cf.serviceInstances.restore({
      into: GUID,
      from: { pointInTime: dataAsOf },
      note: 'T-1',
    });
    const text = JSON.stringify(operation);
    expect(text).not.toContain('the-token');
    expect(JSON.parse(text)).toMatchObject({
      v: 1,
      kind: 'cloud-foundry/restore-service-instance',
      id: 'job~1.x',
      baseUrl: BASE,
      note: 'T-1',
      startedAt: operation.startedAt.toISOString(),
    });

    const before = server.received.length;
    const resumed = clientOf({ clock, fetch: server.fetch }).cf.resume(JSON.parse(text));
    expect(server.received).toHaveLength(before);
    expect(JSON.stringify(resumed)).toBe(text);
    expect(resumed.startedAt).toEqual(operation.startedAt);
    state = 'COMPLETE';
    const done = await waitForCompletion(resumed);
    expect(done.result).toEqual((await waitForCompletion(operation)).result);
    expect(done.result.dataAsOf).toEqual(dataAsOf);
    expect(server.received.at(-1)?.url.href).toBe(`${BASE}/v3/jobs/job~1.x`);
  });

  it.each<[string, unknown]>([
    ['v', undefined],
    ['v', 5],
    ['v', []],
    ['v', {}],
    ['v', { ...HANDLE, v: 2 }],
    ['v', { ...HANDLE, v: '1' }],
    ['kind', { ...HANDLE, kind: 'oracle-epm/restore-environment' }],
    ['kind', { ...HANDLE, kind: '' }],
    ['kind', { ...HANDLE, kind: undefined }],
    ['id', { ...HANDLE, id: '' }],
    ['id', { ...HANDLE, id: ' ' }],
    ['id', { ...HANDLE, id: 5 }],
    ['id', { ...HANDLE, id: '..' }],
    ['baseUrl', { ...HANDLE, baseUrl: 'https://other.example.org' }],
    ['baseUrl', { ...HANDLE, baseUrl: undefined }],
    ['baseUrl', { ...HANDLE, baseUrl: `${BASE}:8443` }],
    ['startedAt', { ...HANDLE, startedAt: 'yesterday' }],
    ['startedAt', { ...HANDLE, startedAt: undefined }],
    ['startedAt', { ...HANDLE, startedAt: '2026-13-01T00:00:00Z' }],
    ['note', { ...HANDLE, note: 5 }],
    ['dataAsOf', { ...HANDLE, dataAsOf: 'then' }],
    ['serviceInstanceGuid', { ...HANDLE, serviceInstanceGuid: 5 }],
  ])('with a wrong %s is a HandleError that says so: %j', (field, handle) => {
    const { cf } = clientOf({ fetch: scriptedServer(Response.json(JOB)).fetch });
    expect(() => cf.resume(handle as never)).toThrowError(expect.objectContaining({ name: 'HandleError', field }));
  });

  it('finds its client by kind and baseUrl', async () => {
    const clients = [clientAt('https://a.example.org'), clientAt(BASE)];
    expect(resume(HANDLE, clients).toJSON()).toMatchObject({ baseUrl: BASE });
    expect(() => resume({ ...HANDLE, baseUrl: 'https://c.example.org' }, clients)).toThrowError(
      expect.objectContaining({ name: 'HandleError', field: 'baseUrl' }),
    );
    expect(() => resume({ ...HANDLE, kind: 'acme/restore' }, clients)).toThrowError(
      expect.objectContaining({ name: 'HandleError', field: 'kind' }),
    );
    expect(() => resume(HANDLE, [])).toThrowError(expect.objectContaining({ name: 'HandleError', field: 'kind' }));
    expect(() => resume({ ...HANDLE, v: 7 } as never, clients)).toThrowError(
      expect.objectContaining({ name: 'HandleError', field: 'v' }),
    );
  });
});
