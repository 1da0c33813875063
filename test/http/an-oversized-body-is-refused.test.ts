import { expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../../src/errors/unexpected-response-error.ts';
import { clientOf } from './cloud-foundry-client.ts';
import { errorOf, fakeServer } from './fake-server.ts';

const MEGABYTE = new Uint8Array(1024 * 1024).fill(0x20);

/** Sends for ever; counts what was taken. */
function endless() {
  const taken = { bytes: 0, isCancelled: false };
  const body = new ReadableStream({
    pull: (to) => {
      taken.bytes += MEGABYTE.byteLength;
      to.enqueue(MEGABYTE);
    },
    cancel: () => {
      taken.isCancelled = true;
    },
  });
  return { taken, response: () => new Response(body, { headers: { 'content-type': 'application/json' } }) };
}

it('a body without an end is cut off after a few dozen megabytes', async () => {
  const { taken, response } = endless();
  expect(await errorOf(clientOf({ fetch: fakeServer(response).fetch }).look())).toBeInstanceOf(UnexpectedResponseError);
  expect(taken.bytes).toBeLessThan(64 * 1024 * 1024);
  expect(taken.isCancelled).toBe(true);
});

it('the answer of a start that has no end leaves its outcome open', async () => {
  const { response } = endless();
  expect(await errorOf(clientOf({ fetch: fakeServer(response).fetch }).start())).toBeInstanceOf(
    StartOutcomeUnknownError,
  );
});

it('a megabyte of junk is an error with a short excerpt', async () => {
  const server = fakeServer(() => new Response('junk '.repeat(200_000)));
  const error = (await errorOf(clientOf({ fetch: server.fetch }).look())) as UnexpectedResponseError;
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(JSON.stringify(error).length).toBeLessThan(2_000);
});
