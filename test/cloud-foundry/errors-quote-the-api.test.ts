import { describe, expect, it } from 'vitest';
import { parseErrorBody } from '../../src/cloud-foundry/traits.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';

describe('the error forms of the Cloud Controller', () => {
  it.each<[string, unknown, object[]]>([
    [
      'several errors',
      {
        errors: [
          { code: 10008, title: 'CF-UnprocessableEntity', detail: 'a' },
          { code: 10010, title: 'CF-ResourceNotFound', detail: 'b' },
        ],
      },
      [
        { code: '10008', title: 'CF-UnprocessableEntity', message: 'a' },
        { code: '10010', title: 'CF-ResourceNotFound', message: 'b' },
      ],
    ],
    [
      'one error that is not wrapped',
      { code: 10001, title: 'CF-ServiceBrokerBadResponse', detail: 'gone' },
      [{ code: '10001', title: 'CF-ServiceBrokerBadResponse', message: 'gone' }],
    ],
    [
      'a title without CF-',
      { errors: [{ code: 10001, title: 'UnknownError', detail: 'An unknown error occurred.' }] },
      [{ code: '10001', title: 'UnknownError', message: 'An unknown error occurred.' }],
    ],
    [
      'a good error beside malformed ones',
      {
        errors: ['broken', null, { detail: 'only a detail' }, { code: 10003, title: 'CF-NotAuthorized', detail: 'no' }],
      },
      [{ code: '10003', title: 'CF-NotAuthorized', message: 'no' }],
    ],
  ])('%s', (_, body, errors) => {
    expect(parseErrorBody(body)?.errors).toMatchObject(errors);
  });

  it.each<[string, unknown]>([
    ['the UAA', { error: 'invalid_token', error_description: 'Cannot convert access token to JSON' }],
    ['the UAA in short', { error: 'unauthorized' }],
    ['a gateway', { message: 'no Route matched' }],
    ['a gateway with an HTTP status for a code', { code: 404, detail: 'not found' }],
    ['a gateway with a list', { errors: [{ code: 404, title: 'Not Found', detail: 'no such route' }] }],
    ['RFC 9457', { type: 'about:blank', title: 'Not Found', status: 404, detail: 'nothing here' }],
    ['Spring', { timestamp: '2026-04-23T09:00:00Z', status: 404, error: 'Not Found', path: '/v3/jobs/x' }],
    ['nobody', {}],
    ['nobody, with an empty list', { errors: [] }],
    ['nobody, with a list of nothing', { errors: [null, 'text', 5] }],
    ['a list', [{ code: 10010, title: 'CF-ResourceNotFound' }]],
    ['a page', '<html>'],
  ])('are not those of %s', (_, body) => {
    expect(parseErrorBody(body)).toBeUndefined();
  });
});

const NOT_FOUND = { errors: [{ code: 10010, title: 'CF-ResourceNotFound', detail: 'Job not found' }] };

describe('a wait ends by the words of the API only', () => {
  it.each<[string, number, unknown]>([
    ['the UAA', 401, { error: 'invalid_token', error_description: 'expired' }],
    ['a gateway', 404, { code: 404, detail: 'not found' }],
    ['a route that is missing', 404, { errors: [{ code: 10000, title: 'CF-NotFound' }] }],
    ['RFC 9457', 403, { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'blocked' }],
  ])('%s answers for twenty minutes, which is an outage', async (_, status, body) => {
    const clock = clientOf({}).clock;
    const began = clock.now();
    const server = scriptedServer(() =>
      clock.now() - began < 20 * 60_000
        ? Response.json(body, { status })
        : Response.json({ guid: 'job-1', state: 'COMPLETE' }),
    );
    const { cf } = clientOf({ fetch: server.fetch, clock });
    await expect(waitForCompletion(cf.attach({ id: 'job-1' }))).resolves.toMatchObject({ state: 'succeeded' });
  });

  it('whatever the content type says', async () => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    const server = scriptedServer(() => new Response(JSON.stringify(NOT_FOUND), { status: 404, headers }));
    const error = await rejection(waitForCompletion(clientOf({ fetch: server.fetch }).cf.attach({ id: 'job-1' })));
    expect(error).toMatchObject({ name: 'OutageError', reason: 'gone' });
  });

  it('a limit that is told as text/plain is a limit with its time', async () => {
    const limit = { errors: [{ code: 10013, title: 'CF-RateLimitExceeded', detail: 'Rate Limit Exceeded' }] };
    let polls = 0;
    const server = scriptedServer(() =>
      polls++ === 0
        ? new Response(JSON.stringify(limit), {
            status: 429,
            headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1200' },
          })
        : Response.json({ guid: 'job-1', state: 'COMPLETE' }),
    );
    const { cf, clock } = clientOf({ fetch: server.fetch });
    const began = clock.now();
    await expect(waitForCompletion(cf.attach({ id: 'job-1' }))).resolves.toMatchObject({ unreachableMs: 0 });
    expect(clock.now() - began).toBeGreaterThanOrEqual(1_200_000);
    expect(polls).toBe(2);
  });
});
