import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { rejection } from '../support/rejection.ts';
import { environmentWithLogin, MINUTE } from './login-support.ts';
import { BACKUP } from './support.ts';

async function waitIn(scenario: Parameters<typeof environmentWithLogin>[0]) {
  const env = environmentWithLogin(scenario);
  const { epm } = env.processOf();
  const operation = await epm.environment.restore({ backupName: BACKUP });
  return { ...env, wait: waitForCompletion(operation) };
}

describe('a wait with OAuth 2 (OE-22)', () => {
  it('of two hours is refreshed each ten minutes, and each token is used once', async () => {
    const { wait, refreshes } = await waitIn('access-tokens-of-ten-minutes');
    expect((await wait).state).toBe('succeeded');
    expect(refreshes().length).toBeGreaterThanOrEqual(12);
    expect(new Set(refreshes()).size).toBe(refreshes().length);
  });

  it('goes on over an identity domain that is slow', async () => {
    const { wait, refreshes } = await waitIn('slow-identity-domain');
    expect((await wait).state).toBe('succeeded');
    expect(new Set(refreshes()).size).toBe(refreshes().length);
  });

  it.each([
    ['refresh-token-used-by-another', 'token-consumed', /Who else uses it/],
    ['refresh-token-revoked', 'token-revoked', /Log in again/],
    ['refresh-token-expired', 'token-expired', /Log in again/],
  ] as const)('loses access in %s, says why, and sends the dead token once', async (scenario, reason, message) => {
    const { wait, refreshes } = await waitIn(scenario);
    const error = (await rejection(wait)) as Error & { readonly cause: Error };
    expect(error).toMatchObject({ name: 'AccessLostError', cause: { reason } });
    expect(error.cause.message).toMatch(message);
    expect(new Set(refreshes()).size).toBe(refreshes().length);
  });

  it('goes on after a person has logged in again', async () => {
    const env = environmentWithLogin('refresh-token-revoked');
    let refreshToken = 'emulated-refresh-token';
    const { epm } = env.processOf({ refreshToken: () => refreshToken });
    const operation = await epm.environment.restore({ backupName: BACKUP });
    expect(await rejection(waitForCompletion(operation))).toMatchObject({ name: 'AccessLostError' });
    refreshToken = env.emulator.identity.issueRefreshToken();
    env.clock.jump(MINUTE);
    expect((await waitForCompletion(operation)).state).toBe('succeeded');
  });
});

it('a registration that allows no refresh is said before anything is started', async () => {
  const env = environmentWithLogin('refresh-not-allowed');
  const { epm } = env.processOf();
  expect(await rejection(epm.environment.restore({ backupName: BACKUP }))).toMatchObject({
    name: 'AuthenticationError',
    reason: 'client-not-allowed',
    started: 'no',
  });
  expect(env.emulator.restores).toEqual([]);
});
