import { describe, expect, it } from 'vitest';
import { foundationWire } from './cloud-foundry-wire.ts';

const SECRETS = ['a+b', '100%', 'a%2Fb', 'pä:ss'];
const basic = (id: string, secret: string) => {
  const bytes = new TextEncoder().encode(`${id}:${secret}`);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
};
const GRANT = { grant_type: 'client_credentials' };

describe.each(SECRETS)('the secret %s', (secret) => {
  const clients = { cf: '', ci: secret };
  const encoded = basic('ci', encodeURIComponent(secret));
  const isPlain = !/[+%]/.test(secret);

  it('is taken from the form as it is', async () => {
    const { token } = await foundationWire({ clients });
    expect((await token({ ...GRANT, client_id: 'ci', client_secret: secret })).status).toBe(200);
    expect((await token({ ...GRANT, client_id: 'ci', client_secret: encodeURIComponent(secret) })).status).toBe(401);
  });

  it('is decoded in a Basic header', async () => {
    const { token } = await foundationWire({ clients });
    expect((await token(GRANT, encoded)).status).toBe(200);
    expect((await token(GRANT, basic('ci', secret))).status).toBe(isPlain ? 200 : 401);
  });

  it('in compatibility mode is decoded only where the header says that it is encoded', async () => {
    const { token } = await foundationWire({ clients, scenario: 'uaa-in-compatibility-mode' });
    expect((await token(GRANT, basic('ci', secret))).status).toBe(200);
    expect((await token(GRANT, encoded)).status).toBe(401);
    expect((await token(GRANT, { ...encoded, 'x-cf-encoded-credentials': 'true' })).status).toBe(200);
  });
});

it('five wrong passwords lock the account for five minutes, the right one included', async () => {
  const { logIn, clock } = await foundationWire();
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await logIn('wrong')).status).toBe(401);
  expect(await logIn()).toMatchObject({ status: 401, body: { error_description: expect.stringContaining('locked') } });
  clock.jump(299_000);
  expect((await logIn()).status).toBe(401);
  clock.jump(1_000);
  expect((await logIn()).status).toBe(200);
});

it('wrong passwords count for twenty minutes', async () => {
  const { logIn, clock } = await foundationWire();
  for (let attempt = 0; attempt < 4; attempt += 1) await logIn('wrong');
  clock.jump(1_200_000);
  await logIn('wrong');
  expect((await logIn()).status).toBe(200);
});
