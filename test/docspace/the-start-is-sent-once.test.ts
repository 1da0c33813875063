import { describe, expect, it } from 'vitest';
import {
  NotFoundError,
  RateLimitError,
  StartOutcomeUnknownError,
  UnexpectedResponseError,
  ValidationError,
} from '../../src/errors/index.ts';
import { BACKUP, envelope, portalWith, scriptedPortal, startsOf } from './support.ts';

const answering = (answer: () => Response | Promise<Response>) =>
  scriptedPortal(({ call }) => (call === 'startrestore' ? answer() : envelope()));

const startOf = (portal: ReturnType<typeof answering>) =>
  portal.docspace.portal.restore({ backupId: BACKUP, note: 'OPS-7' }).catch((error: unknown) => error);

describe('whether it was started is not known', () => {
  it.each<[string, () => Response | Promise<Response>]>([
    ['a reset', () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }))],
    [
      'a 500 with an exception',
      () => Response.json({ error: { message: 'Broken.' }, status: 1, statusCode: 500 }, { status: 500 }),
    ],
    ['a 502 of a proxy', () => new Response('<html></html>', { status: 502 })],
    ['a 503', () => new Response(null, { status: 503 })],
    ['a 408', () => new Response(null, { status: 408 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://login.invalid/' } })],
    ['a page with 200', () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } })],
    ['an empty 200', () => new Response(null, { status: 200 })],
    ['a 200 without a record', () => envelope()],
    ['a record without an id', () => envelope({ isCompleted: false, progress: 0 })],
    ['a record with a blank id', () => envelope({ isCompleted: false, taskId: ' ' })],
    ['a 500 inside of a 200', () => Response.json({ error: { message: 'Broken.' }, status: 1, statusCode: 500 })],
  ])('after %s, and it is not sent again', async (_, answer) => {
    const portal = answering(answer);
    const error = await startOf(portal);
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect((error as Error).message).toContain('OPS-7');
    expect(error).toHaveProperty('isRetryable', false);
    expect(portal.asked.filter(({ call }) => call === 'startrestore')).toHaveLength(1);
  });

  it('after an abort in flight', async () => {
    const control = new AbortController();
    const portal = answering(() => {
      control.abort(new Error('shutting down'));
      return new Promise(() => undefined);
    });
    const start = portal.docspace.portal.restore({ backupId: BACKUP }, { signal: control.signal });
    await expect(start).rejects.toBeInstanceOf(StartOutcomeUnknownError);
  });
});

describe('it was refused', () => {
  it.each([
    [
      '404',
      { error: { message: 'Unable to find the specified file.' }, status: 1, statusCode: 404 },
      404,
      NotFoundError,
    ],
    [
      'a model that does not fit, in the envelope of a success',
      {
        response: { title: 'Invalid', status: 400, errors: { $: ["'backupId' is missing"] } },
        status: 1,
        statusCode: 400,
      },
      400,
      ValidationError,
    ],
    [
      '404 inside of a 200',
      { error: { message: 'Unable to find the specified file.' }, status: 1, statusCode: 404 },
      200,
      NotFoundError,
    ],
    ['429', null, 429, RateLimitError],
  ])('by %s', async (_, body, status, kind) => {
    const portal = answering(() => (body === null ? new Response(null, { status }) : Response.json(body, { status })));
    const error = await startOf(portal);
    expect(error).toBeInstanceOf(kind);
    expect(portal.asked.filter(({ call }) => call === 'startrestore')).toHaveLength(1);
  });

  it('by 402 with the words of the portal', async () => {
    const { docspace } = portalWith('plan-without-restore');
    await expect(docspace.portal.restore({ backupId: BACKUP })).rejects.toMatchObject({
      status: 402,
      message: expect.stringContaining('Your pricing plan does not support this option'),
    });
  });
});

it('is sent although the poll before it fails', async () => {
  const { docspace, emulator } = portalWith({ faults: { answers: { shape: 'bad-gateway-html' } } });
  expect((await docspace.portal.restore({ backupId: BACKUP })).id).toBe(emulator.restores[0]?.id);
  expect(startsOf(emulator)).toBe(1);
});

it('is not sent when the call is aborted during the poll before it', async () => {
  const control = new AbortController();
  const reason = new Error('shutting down');
  const { docspace, asked } = scriptedPortal(() => {
    control.abort(reason);
    return Promise.reject(reason);
  });
  await expect(docspace.portal.restore({ backupId: BACKUP }, { signal: control.signal })).rejects.toBe(reason);
  expect(asked.map(({ call }) => call)).toEqual(['getrestoreprogress']);
});

it('carries credentials, and the poll before it none', async () => {
  const { docspace, emulator } = portalWith('success');
  await docspace.portal.restore({ backupId: BACKUP });
  expect(emulator.requests.map(({ method, headers }) => [method, headers.authorization])).toEqual([
    ['GET', undefined],
    ['POST', `Bearer ${emulator.credentials.apiKey}`],
  ]);
});

it('keeps the stack of the server out of every text', async () => {
  const { docspace } = portalWith('plan-without-restore');
  const error = await docspace.portal.restore({ backupId: BACKUP }).catch((thrown: unknown) => thrown);
  expect(JSON.stringify(error)).not.toContain('   at ');
  expect(String(error)).not.toContain('   at ');
  expect(error).not.toBeInstanceOf(UnexpectedResponseError);
  expect(error).toHaveProperty('serverTrace', expect.stringContaining('   at '));
});
