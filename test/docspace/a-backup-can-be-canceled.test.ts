import { describe, expect, it } from 'vitest';
import {
  NotFoundError,
  OperationFailedError,
  UnexpectedResponseError,
  WriteOutcomeUnknownError,
} from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import type { DocSpaceScenarioName } from '../../src/testing/docspace/scenarios.ts';
import { rejection } from '../support/rejection.ts';
import { backup, envelope, OTHER_TASK, portalWith, scriptedPortal, TASK } from './support.ts';

const begun = async (scenario: DocSpaceScenario | DocSpaceScenarioName = {}) => {
  const portal = portalWith(scenario);
  const operation = await portal.docspace.backups.create({ storage: 'data-store' });
  portal.clock.jump(4_000);
  const cancels = () => portal.emulator.requests.filter(({ operationId }) => operationId === 'cancelBackup').length;
  return { ...portal, operation, cancels };
};

it.each([
  ['which the portal shows as canceled', {}],
  ['which the portal no longer shows', 'canceled-backup-vanishes'],
] as const)('a running backup is canceled, %s', async (_, scenario) => {
  const { operation, docspace, cancels } = await begun(scenario);
  expect(await operation.cancel()).toBe(true);
  const error = await rejection(waitForCompletion(operation));
  expect(error).toBeInstanceOf(OperationFailedError);
  expect(error).toMatchObject({ state: 'canceled' });
  expect(cancels()).toBe(1);
  const ids = (await docspace.backups.list().toArray()).map(({ id }) => id);
  expect(ids).not.toContain(operation.id);
});

it('what has vanished counts as canceled only after half a minute, in which the server may still finish it', async () => {
  const { operation, clock } = await begun('canceled-backup-vanishes');
  await operation.cancel();
  clock.jump(29_999);
  expect(await operation.poll()).toMatchObject({ state: 'running', message: expect.stringContaining('canceled') });
  clock.jump(1);
  expect(await operation.poll()).toMatchObject({
    state: 'canceled',
    failure: { message: expect.stringContaining('cancellation was accepted') },
  });
});

it('a backup of the whole server is canceled if that is what the portal shows with `dump`', async () => {
  const { docspace, clock } = portalWith({ edition: 'standalone' });
  const operation = await docspace.backups.create({ storage: 'data-store', dump: true });
  clock.jump(4_000);
  expect(await operation.cancel()).toBe(true);
  expect(await rejection(waitForCompletion(operation))).toMatchObject({ state: 'canceled' });
});

describe('nothing is sent', () => {
  it('if the portal shows no backup at all', async () => {
    const { docspace, emulator } = portalWith({});
    expect(await docspace.backups.attach({ id: OTHER_TASK }).cancel()).toBe(false);
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('if the backup has ended: the call would only hide it', async () => {
    const { operation, clock, cancels } = await begun();
    clock.jump(60_000);
    expect(await operation.cancel()).toBe(false);
    expect(cancels()).toBe(0);
    expect((await waitForCompletion(operation)).state).toBe('succeeded');
  });

  it('if the portal shows another backup, which the call would cancel instead', async () => {
    const { docspace, cancels } = await begun();
    expect(await docspace.backups.attach({ id: OTHER_TASK }).cancel()).toBe(false);
    expect(cancels()).toBe(0);
  });
});

it('a backup that was complete before the call arrived has succeeded', async () => {
  let isCanceled = false;
  const { docspace } = scriptedPortal((asked) => {
    if (asked.call === 'startbackup') return envelope(backup());
    if (asked.call === 'getbackuphistory') return envelope(isCanceled ? [{ id: TASK }] : []);
    if (asked.call === 'getbackupprogress') return isCanceled ? envelope() : envelope(backup());
    isCanceled = true;
    return envelope(true);
  });
  const operation = await docspace.backups.create({ storage: 'data-store' });
  expect(await operation.cancel()).toBe(true);
  expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
});

describe('the answer to a cancellation', () => {
  const answeredWith = async (answer: () => Response) => {
    const { docspace, asked } = scriptedPortal(({ call }) => (call === 'cancelbackup' ? answer() : envelope(backup())));
    const told = await docspace.backups
      .attach({ id: TASK })
      .cancel()
      .catch((error: unknown) => error);
    return { told, sent: asked.filter(({ call }) => call === 'cancelbackup').length };
  };

  it('false says that there was nothing to cancel', async () => {
    expect((await answeredWith(() => envelope(false))).told).toBe(false);
  });

  it('false is no cancellation: a backup that vanishes afterwards is not known to be canceled', async () => {
    let isGone = false;
    const { docspace, clock } = scriptedPortal(({ call }) => {
      if (call === 'cancelbackup') return envelope(false);
      if (call === 'getbackuphistory') return envelope([]);
      return isGone ? envelope() : envelope(backup());
    });
    const operation = docspace.backups.attach({ id: TASK });
    await operation.cancel();
    isGone = true;
    clock.jump(60_000);
    await expect(operation.poll()).rejects.toBeInstanceOf(UnexpectedResponseError);
  });

  it.each([
    ['a page', () => new Response('<html></html>')],
    ['502', () => new Response(null, { status: 502 })],
    ['an error of the server in a 200', () => Response.json({ status: 1, statusCode: 500 })],
  ])('%s: it is not known whether it was accepted, and it is sent once', async (_, answer) => {
    const { told, sent } = await answeredWith(answer);
    expect(told).toBeInstanceOf(WriteOutcomeUnknownError);
    expect(told).toMatchObject({ method: 'POST', path: '/api/2.0/backup/cancelbackup' });
    expect(sent).toBe(1);
  });

  it('404 comes from an older server (DS-27)', async () => {
    const { operation } = await begun({ server: '3.0' });
    expect(await rejection(operation.cancel())).toBeInstanceOf(NotFoundError);
  });
});
