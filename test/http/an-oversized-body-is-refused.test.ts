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
  expect(await errorOf(clientOf({ fetch: fakeServer(response).fetch }).poll())).toBeInstanceOf(UnexpectedResponseError);
  expect(taken.bytes).toBeLessThan(64 * 1024 * 1024);
  expect(taken.isCancelled).toBe(true);
});

it('the answer of a start that has no end leaves its outcome open', async () => {
  const { response } = endless();
  expect(await errorOf(clientOf({ fetch: fakeServer(response).fetch }).start())).toBeInstanceOf(
    StartOutcomeUnknownError,
  );
});

const millionOf = (item: string) => Array(1_000_000).fill(item).join();

it.each([
  ['of wrong items', () => `{"backups":[${millionOf('1')}]}`],
  ['of items without a field', () => `{"backups":${`[${millionOf('{}')}]`}}`],
  ['instead of an object', () => `[${millionOf('1')}]`],
])('a list of a million %s is an error with a short excerpt, and not one for each', async (_, body) => {
  const server = fakeServer(() => new Response(body()));
  const { cf } = clientOf({ fetch: server.fetch });
  const error = await errorOf(cf.serviceInstances.listBackups('guid').toArray());
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(JSON.stringify(error).length).toBeLessThan(2_000);
});

it('the longest page that a vendor has is read', async () => {
  const backups = Array.from({ length: 10_000 }, (_, index) => ({ id: `b${index}`, created_at: 1_776_935_926 }));
  const server = fakeServer(() => Response.json({ backups }));
  const { cf } = clientOf({ fetch: server.fetch });
  await expect(cf.serviceInstances.listBackups('guid').toArray()).resolves.toHaveLength(10_000);
});

it('a page of wrong items is an error that names some of them', async () => {
  const server = fakeServer(() => Response.json({ backups: Array(10_000).fill(1) }));
  const { cf } = clientOf({ fetch: server.fetch });
  const error = await errorOf(cf.serviceInstances.listBackups('guid').toArray());
  expect((error as UnexpectedResponseError).issues).toHaveLength(20);
});

it.each([
  ['one long sentence', () => ({ message: `It failed: ${'very '.repeat(200_000)}` })],
  ['thousands of errors', () => ({ errors: Array(10_000).fill({ detail: 'It failed again and again and again.' }) })],
])('a refusal in %s keeps its kind, and becomes a message that can be read', async (_, body) => {
  const server = fakeServer(() => Response.json(body(), { status: 403 }));
  const error = (await errorOf(clientOf({ fetch: server.fetch }).start())) as Error;
  expect(error.name).toBe('PermissionError');
  expect(error.message.length).toBeLessThan(2_200);
  expect(JSON.stringify(error).length).toBeLessThan(10_000);
});

it('a megabyte of junk is an error with a short excerpt', async () => {
  const server = fakeServer(() => new Response('junk '.repeat(200_000)));
  const error = (await errorOf(clientOf({ fetch: server.fetch }).poll())) as UnexpectedResponseError;
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(JSON.stringify(error).length).toBeLessThan(2_000);
});
