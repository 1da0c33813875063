import {
  apiErrorForStatus,
  ConfigurationError,
  ConnectionError,
  HandleError,
  markNotStarted,
  type RestoreKitError,
} from 'restorekit/errors';
import { listStarts } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { acme } from './acme.ts';

/** As the start call of a client throws them. */
const refused: readonly [string, RestoreKitError][] = [
  ...[400, 401, 402, 403, 404, 409, 422, 429].map((status): [string, RestoreKitError] => [
    `an answer of ${status}`,
    markNotStarted(apiErrorForStatus('no', { status })),
  ]),
  ['a refused connection', markNotStarted(new ConnectionError('refused', { sent: 'no' }))],
  ['wrong input', new ConfigurationError('into', 'must be a text.')],
  ['a wrong handle', new HandleError('id', 'must be a text.')],
];

describe('nothing was started, so the next call may start', () => {
  it.each(refused)('after %s', async (_, thrown) => {
    const { restore, vendor, store } = acme();
    await expect(restore({ start: () => Promise.reject(thrown) })).rejects.toBe(thrown);
    expect((await listStarts({ store }).toArray())[0]).toMatchObject({ state: 'released', reason: thrown.code });
    expect((await restore()).id).toBe('job-1');
    expect(vendor.starts.length).toBe(1);
  });

  it.each(refused)('another key may restore the target after %s', async (_, thrown) => {
    const { restore } = acme();
    await expect(restore({ start: () => Promise.reject(thrown) })).rejects.toBe(thrown);
    expect((await restore({ key: 'CHANGE-2' })).id).toBe('job-1');
  });

  it('the next call may name another target, since nothing holds the first', async () => {
    const { restore } = acme();
    const thrown = markNotStarted(apiErrorForStatus('no', { status: 404 }));
    await expect(restore({ target: 'oders-db', start: () => Promise.reject(thrown) })).rejects.toBe(thrown);
    expect((await restore({ target: 'orders-db' })).id).toBe('job-1');
  });

  it('an abort before the intent frees it too', async () => {
    const { restore, vendor, store, client } = acme();
    const control = new AbortController();
    const aborting = {
      ...client,
      takeBaseline: async () => {
        control.abort(new Error('enough'));
      },
    };
    await expect(restore({ client: aborting, signal: control.signal })).rejects.toThrow('enough');
    expect(vendor.starts).toEqual([]);
    expect((await listStarts({ store }).toArray())[0]?.state).toBe('released');
    expect((await restore({ key: 'CHANGE-2' })).id).toBe('job-1');
  });
});

describe('an answer that proves nothing keeps the key', () => {
  it.each([
    ['an error of another call, made after the start', apiErrorForStatus('no such job', { status: 404 })],
    ['a connection that another call was refused', new ConnectionError('refused', { sent: 'no' })],
  ])('%s', async (_, thrown) => {
    const { restore, post, vendor } = acme();
    const start = async () => {
      await post();
      throw thrown;
    };
    await expect(restore({ start })).rejects.toMatchObject({ code: 'start-outcome-unknown', cause: thrown });
    await expect(restore()).rejects.toMatchObject({ code: 'start-outcome-unknown' });
    expect(vendor.starts.length).toBe(1);
  });

  it.each([408, 500, 502, 503, 504])('an answer of %i', async (status) => {
    const { restore, vendor } = acme();
    const start = () => {
      vendor.starts.push('job-1');
      return Promise.reject(apiErrorForStatus('no', { status }));
    };
    await expect(restore({ start })).rejects.toMatchObject({ code: 'start-outcome-unknown' });
    await expect(restore()).rejects.toMatchObject({ code: 'start-outcome-unknown' });
    expect(vendor.starts.length).toBe(1);
  });
});
