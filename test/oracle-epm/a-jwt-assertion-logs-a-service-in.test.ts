import { expect, it } from 'vitest';
import { epmJwtAssertion, OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { BASE, environmentWithLogin, HOUR, IDCS } from './login-support.ts';

const SCOPE = 'urn:opc:serviceInstanceID=4711urn:opc:resource:consumer::all';
const ASSERTION = 'emulated.user.assertion';

function serviceWith(options: Partial<Parameters<typeof epmJwtAssertion>[0]> = {}) {
  const env = environmentWithLogin();
  const auth = epmJwtAssertion({
    idcsUrl: IDCS,
    clientId: 'confidential-client',
    clientSecret: 'idcs-secret',
    assertion: ASSERTION,
    scope: SCOPE,
    ...options,
  });
  const epm = new OracleEpmClient({ baseUrl: BASE, auth, fetch: env.emulator.fetch, clock: env.clock });
  return { ...env, list: () => epm.backups.list().toArray() };
}

it('the assertion and the scope are sent, and the client authenticates with Basic', async () => {
  const { list, emulator, grants } = serviceWith();
  await list();
  expect(grants().map((form) => Object.fromEntries(form))).toEqual([
    { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: ASSERTION, scope: SCOPE },
  ]);
  expect(emulator.requests[0]?.headers.authorization).toBe(`Basic ${btoa('confidential-client:idcs-secret')}`);
});

it('a function signs a new one for each access token', async () => {
  let signed = 0;
  const { list, clock } = serviceWith({
    assertion: () => {
      signed += 1;
      return ASSERTION;
    },
  });
  await list();
  await list();
  clock.jump(2 * HOUR);
  await list();
  expect(signed).toBe(2);
});

it.each([
  [{ assertion: 'wrong.user.assertion' }, 'login-needed', /`kid`.*`sub`/],
  [{ clientSecret: 'wrong-secret' }, 'client-refused', /Client authentication failed/],
])('a refusal says what to check, and is not repeated for five minutes: %j', async (options, reason, message) => {
  const { list, grants } = serviceWith(options);
  const error = await rejection(list());
  expect(error).toMatchObject({ name: 'AuthenticationError', reason, retryAfterMs: 300_000 });
  expect((error as Error).message).toMatch(message);
  for (let count = 0; count < 3; count += 1) await rejection(list());
  expect(grants()).toHaveLength(1);
});

it.each([
  ['clientSecret', 'auth.clientSecret'],
  ['assertion', 'auth.assertion'],
  ['scope', 'auth.scope'],
  ['clientId', 'auth.clientId'],
])('a missing %s is said before anything is sent', (name, field) => {
  expect(() => serviceWith({ [name]: undefined })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', field }),
  );
});
