import { describe, expect, it } from 'vitest';
import { CloudFoundryClient, uaaPassword } from '../../src/cloud-foundry/index.ts';
import { DocSpaceClient, docspaceApiKey } from '../../src/docspace/index.ts';
import { WaitAbortedError } from '../../src/errors/wait-aborted-error.ts';
import { WaitTimeoutError } from '../../src/errors/wait-timeout-error.ts';
import type { Operation } from '../../src/operation/operation.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { basicAuth, OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';
import { VeeamM365V5Client, VeeamM365V6Client, veeamPassword } from '../../src/veeam-m365/index.ts';
import { silence } from '../support/scripted-operation.ts';
import { scriptedServer } from '../support/scripted-server.ts';

interface Setting {
  readonly clock: VirtualClock;
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
}

const baseUrl = 'https://system.example.com';
const login = { username: 'admin', password: 'secret' };

/** Operations whose polls are in flight; a token is had at once. */
const operations: Readonly<Record<string, (setting: Setting) => Operation<unknown>>> = {
  'Oracle EPM': (setting) =>
    new OracleEpmClient({ baseUrl, auth: basicAuth(login), ...setting }).attach({ id: '1', startedAt: new Date(0) }),
  'Cloud Foundry': (setting) =>
    new CloudFoundryClient({ baseUrl, auth: uaaPassword({ ...login, uaaUrl: baseUrl }), ...setting }).attach({
      id: '1',
      startedAt: new Date(0),
    }),
  'Veeam v5': (setting) =>
    new VeeamM365V5Client({ baseUrl, auth: veeamPassword(login), ...setting }).attach({
      id: '1',
      startedAt: new Date(0),
    }),
  'Veeam v6': (setting) =>
    new VeeamM365V6Client({ baseUrl, auth: veeamPassword(login), ...setting }).attach({
      id: '1',
      startedAt: new Date(0),
    }),
  DocSpace: (setting) =>
    new DocSpaceClient({ baseUrl, auth: docspaceApiKey('sk-1234567890'), ...setting }).attach({
      id: '1',
      startedAt: new Date(0),
    }),
};

function hanging() {
  const clock = virtualClock();
  const polls: AbortSignal[] = [];
  const { fetch } = scriptedServer(({ method, signal }) => {
    if (method === 'POST') return Response.json({ access_token: 'token-1', expires_in: 3_600 });
    polls.push(signal);
    return silence();
  });
  return { clock, fetch, polls };
}

const noTimePasses = () => new Promise((resolve) => setImmediate(resolve));

describe.each(Object.entries(operations))('a poll %s that hangs', (_, operationOf) => {
  it('is aborted at the deadline of the wait, and leaves no timer', async () => {
    const { polls, ...setting } = hanging();

    const wait = waitForCompletion(operationOf(setting), { timeoutMs: 10_000 });

    await expect(wait).rejects.toBeInstanceOf(WaitTimeoutError);
    await noTimePasses();
    expect(polls.map(({ aborted }) => aborted)).toEqual([true]);
    expect(setting.clock.sleepers).toBe(0);
  });

  it('is aborted with the wait, and leaves no timer', async () => {
    const { polls, ...setting } = hanging();
    const leave = new AbortController();

    const wait = waitForCompletion(operationOf(setting), { signal: leave.signal });
    const ended = expect(wait).rejects.toBeInstanceOf(WaitAbortedError);
    await setting.clock.sleep(5_000);
    leave.abort();

    await ended;
    await noTimePasses();
    expect(polls.map(({ aborted }) => aborted)).toEqual([true]);
    expect(setting.clock.sleepers).toBe(0);
  });
});
