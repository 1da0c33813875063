import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, BASE_URL, emulated, html, json, RESTORE_PATH, scriptedEnvironment } from './support.ts';

const reset = () =>
  Promise.reject(
    new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) }),
  );
const link = { href: `https://x${RESTORE_PATH}/status/42`, rel: 'Job Status' };

describe('an answer that does not say whether it began: unknown, and not sent again', () => {
  it.each([
    ['a connection that is cut', reset],
    ['503', html(503)],
    ['500 with JSON', json({ details: 'Internal error', status: 1, links: null, items: null }, 500)],
    ['408', json({}, 408)],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://login.invalid/' } })],
    ['a page under 200', html()],
    ['an empty 200', () => new Response('')],
    ['an empty 202', () => new Response(null, { status: 202 })],
    ['JSON that is no object', json([{ status: -1 }])],
    ['no status', json({ details: null, links: null })],
    ['status null', json({ status: null })],
    ['status empty', json({ status: '' })],
    ['status a word', json({ status: 'Processing' })],
    ['status below -1 and nothing to follow', json({ status: -2, links: null })],
  ])('%s', async (_, answer) => {
    const { epm, received } = scriptedEnvironment([answer]);
    const error = await rejection(epm.environment.restore({ backupName: BACKUP, note: 'T-1' }));
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error).toMatchObject({ isRetryable: false, handle: undefined, message: expect.stringContaining('(T-1)') });
    expect(received).toHaveLength(1);
  });

  it('names the job that an unreadable answer names', async () => {
    const { epm } = scriptedEnvironment([json({ status: null, links: [link] })]);
    const error = await rejection(epm.environment.restore({ backupName: BACKUP }));
    expect((error as Error).message).toContain('job 42');
  });

  it('reconcile() asks nothing, claims nothing, and says what to poll', async () => {
    const { epm, emulator, starts } = emulated({ scenario: 'lost-start-answer' });
    const error = await rejection(epm.environment.restore({ backupName: BACKUP }));
    if (!StartOutcomeUnknownError.isInstance(error)) throw error;
    const known = await error.reconcile();
    expect(known).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('Sign in') });
    expect(known.outcome === 'unknown' && known.evidence.join()).toContain(BACKUP);
    expect(starts()).toHaveLength(1);
    expect(emulator.requests).toHaveLength(1);
    expect(emulator.restores).toHaveLength(1);
  });
});

describe('a refusal by HTTP status is one, and not sent again', () => {
  it.each([
    [400, 'validation', { details: 'The backup name is not valid', status: 1 }],
    [401, 'authentication', { statusCode: 401, status: 'Unauthorized', message: 'Invalid credentials for user' }],
    [403, 'permission', { details: 'Not allowed', status: 1 }],
    [404, 'not-found', { details: 'No such resource', status: 1 }],
    [405, 'api', {}],
    [415, 'api', {}],
    [429, 'rate-limit', {}],
  ])('%i', async (status, code, body) => {
    const { epm, received } = scriptedEnvironment([json(body, status)]);
    expect(await rejection(epm.environment.restore({ backupName: BACKUP }))).toMatchObject({ code, status });
    expect(received).toHaveLength(1);
  });

  it('404 says that this environment does not have the call (OE-25)', async () => {
    const { epm } = emulated({ scenario: 'release-without-restore' });
    const error = await rejection(epm.environment.restore({ backupName: BACKUP }));
    expect((error as Error).message).toMatch(/^This environment does not have the call to restore an environment/);
  });
});

describe('a start that cannot be followed has begun all the same', () => {
  it.each([
    ['links null', null],
    ['no links', []],
    ['only self', [{ href: `${BASE_URL}${RESTORE_PATH}`, rel: 'self' }]],
    ['an empty href', [{ href: ' ', rel: 'Job Status' }]],
    ['an href that is no text', [{ href: 42, rel: 'Job Status' }]],
    ['links that are no array', { href: `${BASE_URL}${RESTORE_PATH}/status/1`, rel: 'Job Status' }],
  ])('%s (OE-4)', async (_, links) => {
    const { epm, received } = scriptedEnvironment([json({ details: null, status: -1, items: null, links })]);
    const error = await rejection(epm.environment.restore({ backupName: BACKUP }));
    expect(error).toMatchObject({ code: 'unexpected-response', started: 'yes', isRetryable: false });
    expect((error as unknown as { excerpt: string }).excerpt).toContain('"status":-1');
    expect(received).toHaveLength(1);
  });
});
