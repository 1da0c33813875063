import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ConnectionError } from '../../src/errors/connection-error.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';

// Other test files may have loaded undici.
beforeAll(() => {
  vi.resetModules();
  vi.doMock('undici', () => {
    throw Object.assign(new Error("Cannot find package 'undici'"), { code: 'ERR_MODULE_NOT_FOUND' });
  });
});
afterAll(() => {
  vi.doUnmock('undici');
  vi.resetModules();
});

it('without undici the first request says so, and that nothing was sent', async () => {
  const { trustedFetch, fileStore } = await import('../../src/node/index.ts');
  // The rest of the entry point does without.
  expect(fileStore).toBeTypeOf('function');
  const error = (await rejection(clientOf({ fetch: trustedFetch({ proxy: false }) }).start())) as ConnectionError;
  expect(error).toMatchObject({ name: 'ConnectionError', sent: 'no' });
  expect(error.message).toContain('npm install undici');
});
