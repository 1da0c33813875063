import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Auth } from '../../src/auth/auth.ts';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import type { ClientOptions } from '../../src/client/client-options.ts';
import { uaaClientCredentials, uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { type Received, scriptedServer } from '../support/scripted-server.ts';
import { BASE, clientOf, GUID } from './cloud-foundry-client.ts';

/** Where a secret is given to a client. */
const places: Readonly<Record<string, (secret: string) => Partial<ClientOptions> & { auth: Auth }>> = {
  'a password': (secret) => ({ auth: uaaPassword({ username: 'admin', password: secret }) }),
  'a password out of a function': (secret) => ({
    auth: uaaPassword({ username: 'admin', password: async () => secret }),
  }),
  'a client secret': (secret) => ({ auth: uaaClientCredentials({ clientId: 'ci', clientSecret: secret }) }),
  'a token': (secret) => ({ auth: bearerToken(secret) }),
  'a header for a gateway': (secret) => ({ auth: bearerToken('the-token-0123'), headers: { 'x-gateway-key': secret } }),
};

/** How a server writes down what it has received. */
const writings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'as in a URL': encodeURIComponent,
  'as in a form': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  'as in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'as in a page': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'as Basic credentials': (secret) => Buffer.from(`admin:${secret}`).toString('base64'),
  'as base64': (secret) => Buffer.from(secret).toString('base64'),
};

const inHeader = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '');

/** Answers that quote `echo` wherever there is room for a text. */
const answers: Readonly<Record<string, (echo: string) => Response>> = {
  'an error with details': (echo) =>
    Response.json({ errors: [{ code: 10008, title: echo, detail: `cannot read ${echo} here` }] }, { status: 422 }),
  'a bare error': (echo) =>
    Response.json({ message: `bad ${echo}`, error: echo, error_description: echo, stackTrace: echo }, { status: 400 }),
  'an error with a trace': (echo) =>
    Response.json({ error: { message: echo, type: echo, stack: echo } }, { status: 500 }),
  'a problem with fields': (echo) => Response.json({ title: echo, errors: { [echo]: [echo] } }, { status: 409 }),
  'an error in the headers': (echo) =>
    new Response('', { status: 503, headers: { 'x-vcap-request-id': inHeader(echo), 'content-type': inHeader(echo) } }),
  'a page': (echo) => new Response(`<html>${echo}</html>`, { headers: { 'content-type': 'text/html' } }),
  'a page behind many others': (echo) =>
    new Response(`${' '.repeat(280)}${echo}`, { headers: { 'content-type': 'text/html' } }),
  'JSON in escapes': (echo) =>
    new Response(`{"text":"${[...echo].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`),
  'the wrong shape': (echo) => Response.json({ guid: [echo], state: { [echo]: echo } }),
  'a redirect': (echo) =>
    new Response(null, {
      status: 302,
      headers: { location: `https://${inHeader(echo)}/${inHeader(echo)}?${inHeader(echo)}` },
    }),
  'a foreign address': (echo) =>
    new Response(null, { status: 202, headers: { location: `https://x.example.net/${inHeader(echo)}` } }),
  'a job of that name': (echo) =>
    new Response(null, { status: 202, headers: { location: `/v3/jobs/${encodeURIComponent(echo)}` } }),
  'a running job': (echo) =>
    Response.json({
      guid: echo,
      state: echo,
      operation: echo,
      warnings: [{ detail: echo }],
      errors: [{ detail: echo, title: echo, code: echo }],
    }),
  'a failed job': (echo) =>
    Response.json({
      guid: echo,
      state: 'FAILED',
      warnings: [{ detail: `so ${echo}` }],
      errors: [{ detail: echo, title: echo, code: echo, deep: [[{ [echo]: echo }]] }],
    }),
  'a failed job, nested deeply': (echo) =>
    Response.json({
      guid: 'j',
      state: 'FAILED',
      deep: Array.from({ length: 20 }).reduce((inner: unknown) => ({ inner }), echo),
    }),
  'a done job': (echo) =>
    Response.json(
      { guid: echo, state: 'COMPLETE', warnings: [{ detail: echo }] },
      { headers: { 'x-cf-warnings': encodeURIComponent(inHeader(echo)) } },
    ),
  'a last operation': (echo) =>
    Response.json({
      guid: GUID,
      name: echo,
      last_operation: { type: echo, state: echo, description: echo, created_at: '2026-01-01T00:00:00Z' },
    }),
};

/** Whatever a program could print of what it got. */
function shown(value: unknown): string {
  const parts = [inspect(value, { depth: 10, showHidden: false }), JSON.stringify(value) ?? ''];
  if (value instanceof Error) parts.push(String(value), value.message, shown(value.cause ?? ''));
  return parts.join('\n');
}

const unescaped = (text: string) =>
  text.replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

async function everythingOf(options: Partial<ClientOptions>, answer: (request: Received) => Response): Promise<string> {
  const out: unknown[] = [];
  const server = scriptedServer(answer);
  const client = clientOf({ ...options, fetch: server.fetch, onEvent: (event) => out.push(event) });
  const { cf, poll, read, start } = client;
  const keep = async (work: Promise<unknown>) => {
    const [result] = await Promise.allSettled([work]);
    const value = result?.status === 'fulfilled' ? result.value : result?.reason;
    out.push(value);
    return value;
  };
  out.push(cf, options.auth, cf.attach({ id: 'job-1' }));
  await keep(poll());
  await keep(
    waitForCompletion(cf.attach({ id: 'job-1' }), { timeoutMs: 5_000, onProgress: (status) => out.push(status) }),
  );
  const started = await keep(start());
  if (started instanceof StartOutcomeUnknownError) await keep(started.reconcile());
  // What a read resolves with is the vendor's data; what it rejects with is ours.
  await read().catch((error) => out.push(error));
  await cf.serviceInstances
    .list()
    .toArray()
    .catch((error) => out.push(error));
  return out.map(shown).join('\n');
}

/** Long enough not to be an ordinary word, and with what makes encodings differ. */
const secrets = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...'abcXYZ019 &<>"\'+/=%~!*()é€'), minLength: 4, maxLength: 12 }),
    fc.integer({ min: 100_000, max: 999_999 }),
  )
  .map(([text, number]) => `s${text.trim()}${number}`);

const headerSafe = (secret: string) => secret.replaceAll(/[^\x21-\x7e]/g, '-');

describe.each(Object.keys(places))('%s', (place) => {
  it.each(Object.keys(answers))('echoed in %s stays hidden', async (name) => {
    const isInHeader = place === 'a token' || place.startsWith('a header');
    await fc.assert(
      fc.asyncProperty(
        secrets,
        fc.constantFrom(...Object.keys(writings)),
        fc.boolean(),
        async (drawn, writing, isLoginToo) => {
          const secret = isInHeader ? headerSafe(drawn) : drawn;
          const options = places[place]?.(secret) ?? {};
          const echo = writings[writing]?.(secret) ?? '';
          const text = await everythingOf(options, ({ url, method }) => {
            if (url.pathname === '/') return Response.json({ links: { login: { href: BASE } } });
            if (url.pathname === '/oauth/token' && !isLoginToo)
              return Response.json({ access_token: 'issued-token-1', expires_in: 600 });
            if (method === 'POST' && url.pathname !== '/oauth/token' && name === 'a last operation')
              throw new TypeError('fetch failed');
            return answers[name]?.(echo) ?? Response.json({});
          });
          for (const write of Object.values(writings)) expect(text).not.toContain(write(secret));
          // Escapes do not hide a secret from who reads a log.
          expect(unescaped(text)).not.toContain(secret);
        },
      ),
      { numRuns: 3 },
    );
  });
});

it('a token that was issued stays hidden too', async () => {
  const text = await everythingOf(
    { auth: uaaPassword({ username: 'admin', password: 'pass-word-1' }) },
    ({ url, headers }) => {
      if (url.pathname === '/') return Response.json({ links: { login: { href: BASE } } });
      if (url.pathname === '/oauth/token')
        return Response.json({ access_token: 'issued-token-1', refresh_token: 'refresh-token-1', expires_in: 600 });
      return Response.json({ message: `refused: ${headers.get('authorization')} refresh-token-1` }, { status: 400 });
    },
  );
  expect(text).toContain('refused: Bearer [redacted]');
  expect(text).not.toContain('issued-token-1');
  expect(text).not.toContain('refresh-token-1');
});

it('one secret within another leaves nothing behind', async () => {
  const auth = uaaClientCredentials({ clientId: 'ci', clientSecret: 'pass-1234-and-more' });
  const text = await everythingOf({ auth, headers: { 'x-key': 'pass-1234' } }, ({ url }) => {
    if (url.pathname === '/') return Response.json({ links: { login: { href: BASE } } });
    return Response.json({ message: 'it was pass-1234-and-more' }, { status: 400 });
  });
  expect(text).not.toContain('and-more');
});

it('a fetch that quotes what it was given in its error gives nothing away', async () => {
  const text = await everythingOf({ auth: bearerToken('the-secret-0815') }, ({ headers }) => {
    throw Object.assign(new Error(`cannot send ${headers.get('authorization')}`), {
      code: 'the-secret-0815',
      cause: new Error('the-secret-0815'),
    });
  });
  expect(text).not.toContain('the-secret-0815');
});
