import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../../src/errors/unexpected-response-error.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { clientOf } from './cloud-foundry-client.ts';

const places = [
  'https://evil.example.net/login',
  '/login',
  '//evil.example.net',
  'http://[',
  '',
  'https://api.example.org/v3/jobs/job-1',
];

describe.each([301, 302, 303, 307, 308])('%i', (status) => {
  it.each(places)('to %j is an error, and no request goes there', async (location) => {
    const server = scriptedServer(() => new Response(null, { status, headers: { location } }));
    const { poll, read, start } = clientOf({ fetch: server.fetch });
    expect(await rejection(poll())).toBeInstanceOf(UnexpectedResponseError);
    expect(await rejection(read())).toBeInstanceOf(UnexpectedResponseError);
    expect(await rejection(start())).toBeInstanceOf(StartOutcomeUnknownError);
    for (const { url, redirect } of server.received) {
      expect(url.origin).toBe('https://api.example.org');
      expect(url.pathname).toMatch(/^\/v3\/(jobs|service_instances)\//);
      expect(redirect).toBe('manual');
    }
  });
});

it('an answer that hides where it redirects to, as browsers give, is an error too', async () => {
  const opaque = { status: 0, headers: new Headers(), body: null } as Response;
  const server = scriptedServer(() => opaque);
  expect(await rejection(clientOf({ fetch: server.fetch }).poll())).toBeInstanceOf(UnexpectedResponseError);
});
