import { describe, expect, it } from 'vitest';
import type { Auth } from '../../src/auth/auth.ts';
import { AuthenticationError, ConfigurationError } from '../../src/errors/index.ts';
import type { VeeamM365Scenario, VeeamVersion } from '../../src/testing/veeam-m365/scenario.ts';
import { veeamPassword, veeamRestoreOperator, veeamTenant } from '../../src/veeam-m365/index.ts';
import { caught, clientOf, serverWith, VERSIONS } from './support.ts';

const TENANT = '9d2b9a51-71a8-4b4d-8f57-1f0d8e6d5c11';
const OPERATOR = '7a619cf6-b7e1-4141-951b-960a2fca061d';
const answer = JSON.stringify({ token_type: 'Bearer', access_token: 'microsoft-token' });

function loggingIn(version: VeeamVersion, auth: Auth, scenario: VeeamM365Scenario = {}) {
  const { emulator, clock } = serverWith(version, scenario);
  const veeam = clientOf(version, emulator, clock, { auth });
  const forms = () =>
    emulator.requests
      .filter(({ operationId }) => operationId === 'createToken')
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  return { clock, emulator, veeam, forms };
}

const password = () => veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
const operator = () => veeamRestoreOperator({ userId: OPERATOR, tenantId: TENANT, accessToken: 'microsoft-token' });

describe.each(VERSIONS)('%s: a login', (version) => {
  const isSinceV7 = version === 'v7' || version === 'v8';

  it('goes to the token endpoint of the version, and says since v7 that it takes no cookies (VM-27)', async () => {
    const { clock, emulator, veeam, forms } = loggingIn(version, password(), { token: { lifeSeconds: 60 } });

    await veeam.organizations.list().toArray();
    await clock.sleep(55_000);
    await veeam.organizations.list().toArray();

    expect(forms().map(({ grant_type }) => grant_type)).toEqual(['password', 'refresh_token']);
    for (const form of forms()) expect(form.disable_antiforgery_token).toBe(isSinceV7 ? 'true' : undefined);
    expect(emulator.requests[0]?.path).toBe(`/${version}/token`);
  });

  it('of a tenant hands over the whole answer of Microsoft', async () => {
    const { clock, veeam, forms } = loggingIn(version, veeamTenant({ tenantId: TENANT, microsoftToken: answer }));

    expect(await veeam.tenant.organization()).toMatchObject({ name: 'abc.onmicrosoft.com', isBackedUp: true });
    const session = await veeam.tenant.explore({ dateTime: new Date(clock.now()), type: 'vex' });

    expect(session.scope).toEqual({ login: 'tenant' });
    expect(forms()).toMatchObject([
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: TENANT, assertion: answer },
    ]);
  });

  it('that is refused is an AuthenticationError in every form (VM-25)', async () => {
    for (const refusal of ['oauth', 'message'] as const) {
      const wrong = veeamPassword({ username: 'DOMAIN\\administrator', password: 'wrong-password' });
      const { veeam } = loggingIn(version, wrong, { token: { refusal }, errorMember: 'Message' });

      expect(await caught(veeam.organizations.list().toArray())).toBeInstanceOf(AuthenticationError);
    }
  });
});

describe.each(['v6', 'v7', 'v8'] as const)('%s: a restore operator', (version) => {
  it('logs in with the ids of user and tenant, and opens a session for an object of the scope', async () => {
    const { clock, emulator, veeam, forms } = loggingIn(version, operator());

    const session = await veeam.restoreOperator.explore({
      dateTime: new Date(clock.now()),
      type: 'exchange',
      scope: { user: { id: 'u-1', displayName: 'A', name: 'a@abc.onmicrosoft.com', type: 'User' } },
      reason: 'Ticket 4711',
    });

    expect(forms()).toMatchObject([
      { grant_type: 'operator', client_id: `${OPERATOR}.${TENANT}`, assertion: 'microsoft-token' },
    ]);
    const start = emulator.requests.find(({ operationId }) => operationId === 'exploreAsOperator');
    expect(start?.path).toBe(`/${version}/Organization/OperatorExplore`);
    expect(JSON.parse(start?.body ?? '')).toMatchObject({
      type: 'Vex',
      reason: 'Ticket 4711',
      scope: { type: 'User', id: 'u-1', user: { displayName: 'A' } },
    });
    expect((await veeam.restoreSessions.get(session.id)).reason).toBe('Ticket 4711');
  });
});

describe('antiforgery cookies (VM-27)', () => {
  it('are refused by a login of v6, where the server asks for them', async () => {
    const { veeam, forms } = loggingIn('v6', password(), { antiforgery: 'since-v6' });

    expect(await veeam.organizations.list().toArray()).toHaveLength(1);
    expect(forms().map(({ disable_antiforgery_token: field }) => field)).toEqual([undefined, 'true']);
  });

  it.each(['v7', 'v8'] as const)('are never needed in %s', async (version) => {
    const { veeam, forms } = loggingIn(version, password(), { antiforgery: 'since-v7' });

    expect(await veeam.organizations.list().toArray()).toHaveLength(1);
    expect(forms()).toHaveLength(1);
  });
});

describe('a logout', () => {
  it.each(['v7', 'v8'] as const)('of %s ends the login, and the next call logs in anew', async (version) => {
    const { veeam, emulator, forms } = loggingIn(version, password());
    await veeam.organizations.list().toArray();

    await veeam.logout();

    const out = emulator.requests.find(({ operationId }) => operationId === 'logOut');
    expect(out?.path).toBe(`/${version}/token/logout`);
    expect(await veeam.organizations.list().toArray()).toHaveLength(1);
    expect(forms().filter(({ grant_type }) => grant_type === 'password')).toHaveLength(2);
  });
});

describe('a credential that is missing or of the wrong form is named before anything is sent', () => {
  it.each<[string, () => unknown]>([
    ['auth.tenantId', () => veeamTenant({ tenantId: '', microsoftToken: answer })],
    ['auth.microsoftToken', () => veeamTenant({ tenantId: TENANT, microsoftToken: '' })],
    ['auth.microsoftToken', () => veeamTenant({ tenantId: TENANT, microsoftToken: 'eyJhbGciOi.eyJ.sig' })],
    ['auth.userId', () => veeamRestoreOperator({ userId: '', tenantId: TENANT, accessToken: 'x' })],
    ['auth.accessToken', () => veeamRestoreOperator({ userId: OPERATOR, tenantId: TENANT, accessToken: answer })],
    ['auth', () => loggingIn('v5', operator())],
  ])('%s', (field, make) => {
    try {
      make();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ field });
      return;
    }
    expect.unreachable();
  });
});
