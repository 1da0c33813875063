import { describe, expect, it } from 'vitest';
import { OutageError, UnexpectedResponseError, WaitTimeoutError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { BACKUP, done, envelope, OTHER_TASK, portalWith, record, restoring, scriptedPortal, TASK } from './support.ts';

it.each(['stale-success-of-an-earlier-restore', 'stale-failure-of-an-earlier-restore'] as const)(
  '%s is passed over until ours is visible',
  async (name) => {
    const { docspace, emulator } = portalWith(name);
    const operation = await docspace.portal.restore({ backupId: BACKUP });
    await expect(operation.poll()).rejects.toThrow(/shows another restore .* instead of/);
    const end = await waitForCompletion(operation).then(
      ({ state }) => state,
      (error: { state?: string }) => error.state,
    );
    expect(end).toBe(emulator.restores[0]?.truth);
  },
);

it('a record that is not there yet is an outage that ends', async () => {
  const { docspace } = portalWith('not-visible-at-first');
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  await expect(operation.poll()).rejects.toThrow(/does not show restore .* yet/);
  expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
});

describe('once ours was seen', () => {
  const seenThen = async (after: () => Response, tenantStatus?: number) => {
    const script = restoring((_, count) => (count === 1 ? envelope(record()) : after()));
    const portal = scriptedPortal((asked, count) =>
      asked.call === 'settings'
        ? tenantStatus === undefined
          ? new Response(null, { status: 502 })
          : envelope({ tenantStatus })
        : script(asked, count),
    );
    const operation = await portal.docspace.portal.restore({ backupId: BACKUP });
    await operation.poll();
    const error = await operation.poll().catch((thrown: unknown) => thrown);
    return { ...portal, error: error as UnexpectedResponseError };
  };

  it('another one has taken its place, and whatever that does is not our end', async () => {
    const { error } = await seenThen(() => envelope(done({ taskId: OTHER_TASK })));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain(OTHER_TASK);
    expect(error.message).toContain(`it can no longer be seen how ${TASK} ended`);
  });

  it.each([
    [4, /being restored \(tenantStatus 4\)/],
    [0, /active \(tenantStatus 0\)/],
    [1, /tenantStatus 1/],
    [undefined, /settings could not be read/],
  ])('a missing record makes the poll tell tenantStatus %s', async (tenantStatus, message) => {
    const { error, asked } = await seenThen(() => envelope(), tenantStatus);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toMatch(message);
    expect(asked.at(-1)).toMatchObject({ call: 'settings', authorization: null });
  });
});

it('a minute after the start, a record that was never seen is no longer one that is not there yet', async () => {
  const { docspace, clock } = scriptedPortal(restoring(() => envelope()));
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  await expect(operation.poll()).rejects.toThrow(/yet/);
  await clock.sleep(60_000);
  await expect(operation.poll()).rejects.toThrow(/shows no restore, .*tenantStatus 0/);
});

it('an abort while the settings are read rejects with its reason', async () => {
  const control = new AbortController();
  const reason = new Error('enough');
  const script = restoring(() => envelope());
  const { docspace, clock } = scriptedPortal((asked, count) => {
    if (asked.call !== 'settings') return script(asked, count);
    control.abort(reason);
    return new Promise(() => undefined);
  });
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  await clock.sleep(60_000);
  await expect(operation.poll({ signal: control.signal })).rejects.toBe(reason);
});

it('a record that is gone ends the wait after two hours, and the error says how the portal is', async () => {
  const { docspace } = portalWith('record-gone-at-the-end');
  const error = await waitForCompletion(await docspace.portal.restore({ backupId: BACKUP })).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OutageError);
  expect(error).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('tenantStatus 0') });
});

it('a dead worker is a deadline after a day, and then a record that is gone on a locked portal', async () => {
  const { docspace, connect, emulator } = portalWith('worker-dies');
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  const timeout = await waitForCompletion(operation).catch((thrown: unknown) => thrown);
  expect(timeout).toBeInstanceOf(WaitTimeoutError);
  expect(timeout).toMatchObject({ lastSeen: { state: 'running', percent: 62 } });
  const resumed = connect().resume(JSON.parse(JSON.stringify(operation)));
  const outage = await waitForCompletion(resumed).catch((thrown: unknown) => thrown);
  expect(outage).toBeInstanceOf(OutageError);
  expect(outage).toHaveProperty('message', expect.stringContaining('tenantStatus 4'));
  expect(emulator.restores).toHaveLength(1);
});

it.each([401, 403, 404, 500, 502])('%d for an hour of a restore is an outage, and not its end', async (status) => {
  const clock = virtualClock();
  const endsAt = clock.now() + 3_600_000;
  const script = restoring(() => (clock.now() < endsAt ? new Response(null, { status }) : envelope(done())));
  const { docspace } = scriptedPortal(script, clock);
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  const result = await waitForCompletion(operation);
  expect(result.state).toBe('succeeded');
  expect(result.unreachableMs).toBeGreaterThan(59 * 60_000);
});
