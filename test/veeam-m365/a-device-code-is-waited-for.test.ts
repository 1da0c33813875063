import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { ConfigurationError, OperationFailedError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { stage } from './stage.ts';
import { MAILBOX, VERSIONS } from './support.ts';

const APPLICATION = 'feccc769-5f39-4797-8918-96df38908a90';

it.each(VERSIONS.filter((version) => version !== 'v5'))(
  '%s: a device code is shown, waited for, and then used',
  async (version) => {
    const { open, emulator, requests, clock } = stage(version);
    const session = await open('exchange');

    const code = await session.deviceCode({ targetApplicationId: APPLICATION });
    expect(code.userCode).toBe('DEVICE-CODE-1');
    expect(code.verificationUrl).toBe('https://microsoft.com/devicelogin');
    expect(code.expiresAt.getTime() - clock.now()).toBe(900_000);
    expect((await code.poll()).state).toBe('running');
    emulator.signIn(code.userCode);
    await waitForCompletion(code);
    await waitForCompletion(await session.mailboxes.restore(MAILBOX, { userCode: code.userCode }));

    expect(Object.keys(emulator.mailboxes[0]?.items ?? {})).toHaveLength(52);
    expect(requests.problems).toEqual([]);
  },
);

it('a device code that nobody uses fails when it has expired', async () => {
  const { open, clock } = stage('v6');
  const code = await (await open('exchange')).deviceCode();
  const startedAt = clock.now();

  const error = await rejection(waitForCompletion(code));

  expect(error).toBeInstanceOf(OperationFailedError);
  expect(String(error)).toContain('expired');
  expect(clock.now() - startedAt).toBeGreaterThan(900_000);
});

it('VM-30: the code is in no handle, no inspection and no error', async () => {
  const { open } = stage('v6');
  const code = await (await open('exchange')).deviceCode();

  const shown = [JSON.stringify(code), inspect(code, { depth: 9 }), String(await rejection(waitForCompletion(code)))];
  for (const text of shown) expect(text).not.toContain('DEVICE-CODE-1');
});

it('a region that Microsoft does not have is refused before anything is sent', async () => {
  const { open, emulator } = stage('v6');
  const session = await open('exchange');
  const before = emulator.requests.length;

  const error = await rejection(session.deviceCode({ targetRegion: 'Mars' as 'China' }));

  expect(error).toBeInstanceOf(ConfigurationError);
  expect(emulator.requests).toHaveLength(before);
});
