import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../../src/errors/unexpected-response-error.ts';
import { readAnswer } from '../../src/http/answer.ts';
import { cpuTimer } from '../support/cpu-time.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { clientOf } from './cloud-foundry-client.ts';

setFlagsFromString('--expose-gc');

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
  expect(await rejection(clientOf({ fetch: scriptedServer(response).fetch }).poll())).toBeInstanceOf(
    UnexpectedResponseError,
  );
  expect(taken.bytes).toBeLessThan(64 * 1024 * 1024);
  expect(taken.isCancelled).toBe(true);
});

it('the answer of a start that has no end leaves its outcome open', async () => {
  const { response } = endless();
  expect(await rejection(clientOf({ fetch: scriptedServer(response).fetch }).start())).toBeInstanceOf(
    StartOutcomeUnknownError,
  );
});

const millionOf = (item: string) => Array(1_000_000).fill(item).join();
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const jobWith = (keys: number) =>
  `{"guid":"job-1","state":"POLLING",${Array.from({ length: keys - 2 }, (_, index) => `"k${index}":0`).join()}}`;

it('a list of a million wrong items is an error with a short excerpt, and not one for each', async () => {
  const server = scriptedServer(() => new Response(`{"backups":[${millionOf('1')}]}`));
  const { cf } = clientOf({ fetch: server.fetch });
  const error = await rejection(cf.backups.list('guid').toArray());
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect((error as UnexpectedResponseError).issues?.length).toBeLessThan(30);
  expect(JSON.stringify(error).length).toBeLessThan(3_000);
});

it('a wrong item far down a list is named by its place', async () => {
  const backups: unknown[] = Array.from({ length: 5_000 }, (_, index) => ({
    id: `b${index}`,
    created_at: 1_776_935_926,
  }));
  backups[4_321] = 1;
  const server = scriptedServer(() => Response.json({ backups }));
  const error = await rejection(clientOf({ fetch: server.fetch }).cf.backups.list('guid').toArray());
  expect((error as UnexpectedResponseError).issues).toEqual([expect.stringMatching(/^backups\.4321: /)]);
});

describe('what is over a bound says which one', () => {
  it.each<[string, string, string]>([
    ['more than a million items', `{"backups":[${millionOf('{}')},{}]}`, 'more than 1000000 items'],
    [
      'more than a million keys',
      `{"backups":[{${Array.from({ length: 1_000_001 }, (_, index) => `"${index}":0`).join()}}]}`,
      'more than 1000000 keys',
    ],
    ['a list of lists', '['.repeat(100_000) + ']'.repeat(100_000), 'more than 100 levels of nesting'],
    ['nested objects', nested(100_000), 'more than 100 levels of nesting'],
    ['101 levels', nested(101), 'more than 100 levels of nesting'],
    ['33 MB', `{"a":"${'x'.repeat(33 * MEGABYTE.byteLength)}"}`, 'more than 32 MB'],
  ])('a page of a list: %s', async (_, body, bound) => {
    const server = scriptedServer(() => new Response(body));
    const error = await rejection(clientOf({ fetch: server.fetch }).cf.backups.list('guid').toArray());
    expect(error).toMatchObject({
      name: 'UnexpectedResponseError',
      status: 200,
      message: expect.stringContaining(bound),
    });
  });

  it.each<[string, string, string]>([
    ['20,001 keys', jobWith(20_001), 'more than 20000 keys'],
    [
      '20,001 items',
      `{"guid":"job-1","state":"POLLING","warnings":[${Array(20_001).fill(1).join()}]}`,
      'more than 20000 items',
    ],
    ['101 levels', nested(101), 'more than 100 levels of nesting'],
    ['100,000 levels', nested(100_000), 'more than 100 levels of nesting'],
  ])('a poll: %s', async (_, body, bound) => {
    const error = await rejection(clientOf({ fetch: scriptedServer(() => new Response(body)).fetch }).poll());
    expect(error).toMatchObject({ name: 'UnexpectedResponseError', message: expect.stringContaining(bound) });
  });

  it.each([
    ['20,000 keys', jobWith(20_000)],
    ['100 levels', `{"guid":"job-1","state":"POLLING","more":${nested(99)}}`],
    ['brackets and commas in texts', `{"guid":"job-1","state":"POLLING","more":"${'\\"[{:,'.repeat(50_000)}"}`],
  ])('and a poll of %s is read', async (_, body) => {
    const status = await clientOf({ fetch: scriptedServer(() => new Response(body)).fetch }).poll();
    expect(status.state).toBe('running');
  });

  it('a start whose answer is too deep has an outcome that is not known', async () => {
    const server = scriptedServer(({ method }) =>
      method === 'POST' ? new Response(nested(100_000), { status: 202 }) : new Response('{}'),
    );
    expect(await rejection(clientOf({ fetch: server.fetch }).start())).toBeInstanceOf(StartOutcomeUnknownError);
  });
});

it('24 MB of 1.2 million keys are refused before they are built, and hold nobody up', async () => {
  const body = `{${Array.from({ length: 1_200_000 }, (_, index) => `"the-number-${index}":1`).join()}}`;
  expect(body.length).toBeGreaterThan(24_000_000);
  const server = scriptedServer(() => new Response(body));
  const spentMs = cpuTimer();
  const error = await rejection(clientOf({ fetch: server.fetch }).poll());
  expect(error).toMatchObject({ message: expect.stringContaining('more than 20000 keys') });
  expect(spentMs()).toBeLessThan(500);
});

describe('an error page', () => {
  /** 31 MB in pieces of 64 kB. */
  const page = (status: number, taken: { bytes: number; isCancelled: boolean }, begin = '<html>') => {
    const piece = new TextEncoder().encode('<p>Service Unavailable</p>'.repeat(2_520));
    let left = 31 * 1024 * 1024;
    return new Response(
      new ReadableStream({
        start: (to) => to.enqueue(new TextEncoder().encode(begin)),
        pull: (to) => {
          taken.bytes += piece.byteLength;
          left -= piece.byteLength;
          to.enqueue(piece);
          if (left <= 0) to.close();
        },
        cancel: () => {
          taken.isCancelled = true;
        },
      }),
      { status },
    );
  };

  it.each([
    [503, '<html>', 'ServerError'],
    [403, '<html>', 'PermissionError'],
    [503, '{"a":"', 'ServerError'],
    [200, '<html>', 'UnexpectedResponseError'],
  ])(
    'of 31 MB under %i that begins with %s is read for one megabyte, and keeps its kind',
    async (status, begin, name) => {
      const taken = { bytes: 0, isCancelled: false };
      const { poll } = clientOf({ fetch: scriptedServer(() => page(status, taken, begin)).fetch });
      expect(await rejection(poll())).toMatchObject({ name, status });
      expect(taken.bytes).toBeLessThan(1.3 * 1024 * 1024);
      expect(taken.isCancelled).toBe(true);
    },
  );

  it('in one piece is kept for one megabyte as well', async () => {
    const answer = await readAnswer(
      new Response('x'.repeat(31 * 1024 * 1024), { status: 503 }),
      'https://x.example.org',
    );
    expect(answer.text.length).toBe(1024 * 1024);
  });

  it.each([
    ['pages', (status: number) => page(status, { bytes: 0, isCancelled: false })],
    ['JSON of one long sentence', (status: number) => Response.json({ message: 'very '.repeat(200_000) }, { status })],
    ['JSON of a wrong shape', () => Response.json({ wrong: 'very '.repeat(200_000) })],
    [
      'a long trace',
      (status: number) => Response.json({ error: { message: 'x', stack: 'at line\n'.repeat(120_000) } }, { status }),
    ],
  ])('that 64 waits got is not held by their errors: %s', async (_, answer) => {
    // It remembers nothing, as opposed to the fake server.
    const { poll } = clientOf({ fetch: async () => answer(503) });
    const collect = runInNewContext('gc') as () => void;
    await rejection(poll());
    collect();
    const before = process.memoryUsage().heapUsed;
    const errors: unknown[] = [];
    for (let count = 0; count < 64; count += 1) errors.push(await rejection(poll()));
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(8_000_000);
    expect(errors).toHaveLength(64);
  });

  it('in JSON beyond a bound is shown and not parsed', async () => {
    const server = scriptedServer(() => new Response(nested(100_000), { status: 403 }));
    expect(await rejection(clientOf({ fetch: server.fetch }).poll())).toMatchObject({
      name: 'PermissionError',
      errors: [],
    });
  });
});

it('the longest page that a vendor has is read', async () => {
  const backups = Array.from({ length: 10_000 }, (_, index) => ({ id: `b${index}`, created_at: 1_776_935_926 }));
  const server = scriptedServer(() => Response.json({ backups }));
  const { cf } = clientOf({ fetch: server.fetch });
  await expect(cf.backups.list('guid').toArray()).resolves.toHaveLength(10_000);
});

it('a page of wrong items is an error that names some of them', async () => {
  const server = scriptedServer(() => Response.json({ backups: Array(10_000).fill(1) }));
  const { cf } = clientOf({ fetch: server.fetch });
  const error = await rejection(cf.backups.list('guid').toArray());
  expect((error as UnexpectedResponseError).issues).toHaveLength(20);
});

it.each([
  ['one long sentence', () => ({ message: `It failed: ${'very '.repeat(200_000)}` })],
  ['thousands of errors', () => ({ errors: Array(10_000).fill({ detail: 'It failed again and again and again.' }) })],
])('a refusal in %s keeps its kind, and becomes a message that can be read', async (_, body) => {
  const server = scriptedServer(() => Response.json(body(), { status: 403 }));
  const error = (await rejection(clientOf({ fetch: server.fetch }).start())) as Error;
  expect(error.name).toBe('PermissionError');
  expect(error.message.length).toBeLessThan(2_200);
  expect(JSON.stringify(error).length).toBeLessThan(10_000);
});

it('a megabyte of junk is an error with a short excerpt', async () => {
  const server = scriptedServer(() => new Response('junk '.repeat(200_000)));
  const error = (await rejection(clientOf({ fetch: server.fetch }).poll())) as UnexpectedResponseError;
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(JSON.stringify(error).length).toBeLessThan(2_000);
});
