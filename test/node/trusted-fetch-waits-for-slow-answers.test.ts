import { afterEach, expect, it } from 'vitest';
import { trustedFetch } from '../../src/node/index.ts';
import { rejection } from '../support/rejection.ts';
import { AUTHORITY, SIGNED } from './certificates.ts';
import { type TlsServer, tlsServer } from './tls-server.ts';

let server: TlsServer;
afterEach(() => server.close());

/** undici polls its timers about once in half a second, and has fired a limit of 1 ms after one at the latest. */
const LONGER_THAN_A_TINY_LIMIT_MS = 2_500;

it('waits for an answer whose headers come after a limit that would have cut it off', async () => {
  server = await tlsServer({ ...SIGNED, delayMs: LONGER_THAN_A_TINY_LIMIT_MS });
  const patient = trustedFetch({ ca: AUTHORITY, proxy: false })(server.url);
  const control = rejection(trustedFetch({ ca: AUTHORITY, proxy: false, headersTimeoutMs: 1 })(server.url));
  expect(await control).toMatchObject({ cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } });
  expect((await patient).status).toBe(200);
});

it('ends at once by its signal all the same', async () => {
  server = await tlsServer({ ...SIGNED, delayMs: 60_000 });
  const control = new AbortController();
  const work = rejection(trustedFetch({ ca: AUTHORITY, proxy: false })(server.url, { signal: control.signal }));
  control.abort(new Error('enough'));
  expect(await work).toMatchObject({ message: 'enough' });
});
