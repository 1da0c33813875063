import { bearerToken, CloudFoundryClient, handleToText, resume, waitForCompletion, watch } from 'restorekit';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation } from '../support/scripted-operation.ts';
import { fetchFailed, scriptedServer } from '../support/scripted-server.ts';
import { type Answering, doneAfter, INSTANCE, JOB, job, restoring } from './foundation.ts';

const absent = () =>
  Response.json({ errors: [{ code: 10_010, title: 'CF-ResourceNotFound', detail: 'Job not found' }] }, { status: 404 });

const faults: [string, () => Response][] = [
  ...[408, 425, 429, 500, 502, 503, 504].map((status): [string, () => Response] => [
    `a ${status}`,
    () => Response.json({}, { status }),
  ]),
  ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://login.example.net/' } })],
  ['a page with 200', () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } })],
  ['an empty body', () => new Response('')],
  ['half a body', () => new Response('{"guid":"job-1","state":"COMP')],
  [
    'a reset connection',
    () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
    },
  ],
];

describe('a poll that fails', () => {
  it.each(faults)('with %s is not the end of the operation (core-lro, gax, terraform; B4, B19)', async (_, fault) => {
    const { operation, received } = await restoring((asked) =>
      asked.number <= 5 ? fault() : doneAfter(10 * MINUTE)(asked),
    );
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
    expect(received.filter(({ method }) => method !== 'GET')).toHaveLength(1);
  });

  it('for longer than was tolerated is recorded nowhere: not in the operation, not in its JSON (core-lro)', async () => {
    const { client, operation } = await restoring((asked) =>
      asked.elapsedMs < HOUR ? Response.json({}, { status: 503 }) : doneAfter(2 * HOUR)(asked),
    );
    const before = JSON.stringify(operation);
    expect(await rejection(waitForCompletion(operation))).toMatchObject({ code: 'outage', reason: 'unreachable' });
    expect(JSON.stringify(operation)).toBe(before);
    const restored = client.resume(JSON.parse(before));
    const options = { outageToleranceMs: 3 * HOUR };
    expect(await waitForCompletion(restored, options)).toMatchObject({ state: 'succeeded' });
    expect(await waitForCompletion(operation, options)).toMatchObject({ state: 'succeeded' });
  });

  it('for want of a fresh token asks for one and goes on (several; B26)', async () => {
    const { operation } = await restoring(
      (asked) => {
        const isFresh = asked.headers.get('authorization')?.endsWith('token-2');
        return isFresh ? doneAfter(10 * MINUTE)(asked) : Response.json({}, { status: 401 });
      },
      { auth: bearerToken(tokens()) },
    );
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded', unreachableMs: 0 });
  });

  it('with 403 does not go on for ever: the error names the permission, with counts (AWS: two weeks; B12)', async () => {
    const forbidden = { errors: [{ code: 10_003, title: 'CF-NotAuthorized', detail: 'not authorized' }] };
    const { clock, operation } = await restoring(({ number }) =>
      number < 3 ? job('PROCESSING') : Response.json(forbidden, { status: 403 }),
    );
    const begun = clock.now();
    const error = await rejection(waitForCompletion(operation));
    expect(error).toMatchObject({
      code: 'access-lost',
      cause: { code: 'permission', status: 403 },
      observed: { running: 2, 'permission 403': 3 },
    });
    expect(clock.now() - begun).toBeLessThan(15 * MINUTE);
  });
});

describe('a 404', () => {
  it('right after the start is tolerated (Durable Functions, Recovery Services; oci: allow404 does nothing; B25)', async () => {
    const { operation } = await restoring((asked) => (asked.number <= 6 ? absent() : doneAfter(10 * MINUTE)(asked)));
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('after a good poll gets a window of its own, every time (apify; B25)', async () => {
    const { operation } = await restoring((asked) => {
      if (asked.elapsedMs > 2 * HOUR) return job('COMPLETE');
      return asked.number % 5 === 0 ? job('PROCESSING') : absent();
    });
    expect(await waitForCompletion(operation, { cadence: () => 5 * SECOND })).toMatchObject({ state: 'succeeded' });
  });

  it('at the end is no failure, and not for ever either (AIP-151: it may have ended long ago)', async () => {
    const { operation } = await restoring(({ elapsedMs }) => (elapsedMs < HOUR ? job('PROCESSING') : absent()));
    expect(await rejection(waitForCompletion(operation))).toMatchObject({ code: 'outage', reason: 'gone' });
  });
});

describe('a word', () => {
  it.each([
    'SUCCEEDED',
    'UNSUCCEEDED',
    'PARTIALLY-SUCCEEDED',
    'INCOMPLETE',
    'COMPLETED',
    'complete',
    'FAILING',
    'fail',
    '',
  ])(
    '%j that the vendor does not document is no end, and no wait for ever (core-lro: includes("succeeded"); openai; B22)',
    async (word) => {
      const { operation, pollsAt } = await restoring(() => job(word));
      const error = await rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
      expect(error).toMatchObject({
        code: 'wait-timeout',
        lastSeen: { message: expect.stringContaining('not known') },
      });
      expect(pollsAt.length).toBeLessThan(120);
    },
  );

  it('of failure is told with the vendor’s reason and code, in the message and in JSON (core-lro, oci; B5)', async () => {
    const errors = [{ code: 10_009, title: 'CF-UnableToPerform', detail: 'broker says: disk full' }];
    const { operation } = await restoring(() => job('FAILED', {}, { errors }));
    const error = await rejection(waitForCompletion(operation));
    expect(error.message).toContain('disk full');
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      code: 'operation-failed',
      state: 'failed',
      failure: { code: 'CF-UnableToPerform', message: expect.stringContaining('disk full') },
    });
  });
});

describe('the end', () => {
  it.each<[string, Answering]>([
    ['that was good', () => job('COMPLETE')],
    ['that was bad', () => job('FAILED')],
  ])('%s is the same however often it is waited for, and asked for once (gax: never settles)', async (_, answer) => {
    const { operation, received } = await restoring(answer);
    const ends: unknown[] = [];
    for (let wait = 0; wait < 3; wait += 1) {
      ends.push(
        await waitForCompletion(operation).then(
          ({ state, result }) => ({ state, result }),
          ({ state, message }) => ({ state, message }),
        ),
      );
    }
    expect(ends).toEqual([ends[0], ends[0], ends[0]]);
    expect(received.filter(({ url }) => url.pathname.endsWith(JOB))).toHaveLength(1);
  });

  it.each([0, 1])('without a result settles the wait, at poll %i too (gax: never resolves; B20)', async (polls) => {
    const { operation } = scriptedOperation(({ number }) =>
      number > polls ? { state: 'succeeded', result: undefined as never } : running,
    );
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });
});

describe('progress', () => {
  it('is told of every poll, by snapshots, and a handler that throws ends nothing (core-lro, gax, AWS; B17)', async () => {
    const { operation, pollsAt } = await restoring(doneAfter(10 * MINUTE));
    let told = 0;
    await waitForCompletion(operation, {
      onProgress: (status) => {
        told += 1;
        expect(Object.isFrozen(status)).toBe(true);
        throw new Error('a bug');
      },
    });
    expect(told).toBe(pollsAt.length);
  });

  it('can be iterated over (no peer has that)', async () => {
    const { operation } = await restoring(({ elapsedMs }) => {
      if (elapsedMs > 2 * MINUTE) return job('COMPLETE');
      return job(elapsedMs > MINUTE ? 'POLLING' : 'PROCESSING');
    });
    const words = [];
    for await (const update of watch(operation)) words.push(update.state === 'running' ? update.message : update.state);
    expect(words).toEqual(['PROCESSING', 'POLLING', 'succeeded']);
  });
});

describe('the saved state', () => {
  it('goes on elsewhere, without another start (no peer in JS but core-lro; B7)', async () => {
    const { client, operation, received } = await restoring(doneAfter(HOUR));
    const text = handleToText(operation.toJSON());
    expect(await waitForCompletion(resume(text, [client]))).toMatchObject({ state: 'succeeded' });
    expect(await waitForCompletion(client.attach({ id: 'job-1' }))).toMatchObject({ state: 'succeeded' });
    expect(received.filter(({ method }) => method !== 'GET')).toHaveLength(1);
  });

  it('holds no query, no result, no error and no credential (core-lro; B6)', async () => {
    const { operation } = await restoring(() => job('FAILED', {}, { errors: [{ detail: 'a secret of the vendor' }] }), {
      start: { location: `https://api.example.org${JOB}?sig=SECRET-KEY` },
    });
    await rejection(waitForCompletion(operation));
    expect(JSON.stringify(operation)).not.toMatch(/secret|token-of|sig=|FAILED/i);
  });
});

describe('the address of a job', () => {
  it.each(['https://second.evil.example', 'http://api.example.org', 'https://api.example.org:8443'])(
    'at %s takes no credential there (core-lro: GET /op api-key=SECRET-KEY; B3)',
    async (origin) => {
      const { received, operation } = await restoring(doneAfter(MINUTE), { start: { location: `${origin}${JOB}` } });
      await waitForCompletion(operation);
      expect(received.every(({ url }) => url.origin === 'https://api.example.org')).toBe(true);
    },
  );

  it('is asked for behind the gateway that the client talks to (core-lro; B2)', async () => {
    const { received, operation } = await restoring(doneAfter(MINUTE), { baseUrl: 'https://gateway.example.org/cf' });
    await waitForCompletion(operation);
    expect(new Set(received.slice(1).map(({ url }) => url.href))).toEqual(
      new Set([`https://gateway.example.org/cf${JOB}`]),
    );
  });
});

describe('a start', () => {
  it('whose answer is lost is sent once, and its outcome is unknown, not failed (all peers; B19, B27)', async () => {
    const { fetch, received } = scriptedServer(fetchFailed('ECONNRESET'));
    const client = new CloudFoundryClient({ baseUrl: 'https://api.example.org', auth: bearerToken('token'), fetch });
    const error = await rejection(client.serviceInstances.restore({ into: INSTANCE, from: 'server-default' }));
    expect(error).toMatchObject({ code: 'start-outcome-unknown', isRetryable: false });
    expect(received).toHaveLength(1);
  });
});

function tokens(): () => string {
  let asked = 0;
  return () => {
    asked += 1;
    return `token-${Math.min(asked, 2)}`;
  };
}
