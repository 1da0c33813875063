import { describe, expect, it } from 'vitest';
import { scriptedServer } from '../support/scripted-server.ts';
import { clientOf } from './cloud-foundry-client.ts';

const PROTO = ['__proto__', '\\u005f_proto__', '__pro\\u0074o__'];
const answers = (key: string) => [
  `{"guid":"job-1","state":"FAILED","errors":[{"${key}":{"polluted":"yes"}}],"${key}":{"polluted":"yes","state":"COMPLETE"}}`,
  `{"${key}":{"guid":"job-1","state":"COMPLETE","polluted":"yes"}}`,
  `{"errors":{"${key}":{"polluted":"yes"}},"${key}":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}`,
  `[{"${key}":{"polluted":"yes"}}]`,
];

describe.each(PROTO)('the key %s', (key) => {
  it.each([200, 400, 500])('in a body with %i changes no object', async (status) => {
    for (const body of answers(key)) {
      const server = scriptedServer(
        () => new Response(body, { status, headers: { 'content-type': 'application/json' } }),
      );
      const { cf, poll, read, start } = clientOf({ fetch: server.fetch });
      const results = await Promise.allSettled([
        poll(),
        read(),
        start(),
        cf.serviceInstances.list().toArray(),
        cf.backups.list('x').toArray(),
      ]);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      for (const result of results) {
        const seen: object = result.status === 'fulfilled' ? result.value : (result.reason as object);
        expect(Reflect.get(seen, 'polluted')).toBeUndefined();
      }
    }
  });

  it('does not bring the state of a job', async () => {
    const body = `{"guid":"job-1","state":"POLLING","${key}":{"state":"COMPLETE"}}`;
    const only = `{"guid":"job-1","${key}":{"state":"COMPLETE"}}`;
    for (const text of [body, only]) {
      const status = await clientOf({ fetch: scriptedServer(() => new Response(text)).fetch }).poll();
      expect(status.state).toBe('running');
      expect(Reflect.get(status.raw as object, 'polluted')).toBeUndefined();
      // Nor is it handed on to whoever merges objects.
      expect(Object.keys(status.raw as object)).not.toContain('__proto__');
    }
  });

  it('as far down as an answer may go changes no object', async () => {
    const depth = 97;
    const deep = `${'['.repeat(depth)}{"${key}":{"polluted":"yes"}}${']'.repeat(depth)}`;
    const text = `{"guid":"job-1","state":"POLLING","x":${deep}}`;
    const status = await clientOf({ fetch: scriptedServer(() => new Response(text)).fetch }).poll();
    expect(status.state).toBe('running');
    let part: unknown = Reflect.get(status.raw as object, 'x');
    while (Array.isArray(part)) [part] = part;
    expect(Reflect.ownKeys(part as object)).toEqual([]);
  });
});
