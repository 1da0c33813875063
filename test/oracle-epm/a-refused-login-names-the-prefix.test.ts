import { expect, it } from 'vitest';
import { AuthenticationError } from '../../src/errors/index.ts';
import { basicAuth, bearerToken } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, html, json, scriptedEnvironment } from './support.ts';

type Client = ReturnType<typeof scriptedEnvironment>['epm'];

const refused = json({ statusCode: 401, status: 'Unauthorized', message: 'Invalid credentials', errorCode: -1 }, 401);
const HINT = /Since update 26\.11 the environment accepts only the plain user name\. If 'acme' is the name/;
const login = (username: string) => ({ auth: basicAuth({ username, password: 'secret' }) });

it.each([
  ['a start', (epm: Client) => epm.environment.restore({ backupName: BACKUP })],
  ['a list', (epm: Client) => epm.backups.list().toArray()],
  ['a poll', (epm: Client) => epm.attach({ id: '1' }).poll()],
  ['a call of one’s own', (epm: Client) => epm.request({ method: 'GET', path: '/interop/rest/' })],
])('a 401 to acme.admin: %s', async (_, call) => {
  for (const answer of [refused, html(401)]) {
    const error = await rejection(call(scriptedEnvironment([answer], login('acme.admin')).epm));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect((error as Error).message).toMatch(HINT);
    expect((error as Error).message).toContain("log in as 'admin'");
  }
});

it('of a name with several dots the first is the prefix', async () => {
  const error = await rejection(
    scriptedEnvironment([refused], login('acme.john.doe@example.com')).epm.backups.list().toArray(),
  );
  expect((error as Error).message).toContain("log in as 'john.doe@example.com'");
});

it.each([
  ['a plain name', login('admin')],
  ['an address without a prefix', login('admin@example.com')],
  ['a token', { auth: bearerToken('token') }],
])('%s gets no such hint', async (_, options) => {
  const error = await rejection(scriptedEnvironment([refused], options).epm.backups.list().toArray());
  expect(error).toBeInstanceOf(AuthenticationError);
  expect((error as Error).message).not.toMatch(/26\.11/);
});

it('another refusal does not', async () => {
  const { epm } = scriptedEnvironment([json({ details: 'Not allowed', status: 1 }, 403)], login('acme.admin'));
  expect(((await rejection(epm.backups.list().toArray())) as Error).message).not.toMatch(/26\.11/);
});
