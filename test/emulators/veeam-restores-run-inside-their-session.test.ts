import { describe, expect, it } from 'vitest';
import { sessionWire } from './veeam-m365-wire.ts';

const MINUTE = 60_000;

describe('a restore that runs when its session is stopped', () => {
  it('is cut: nothing comes back, its event says Failed, and its call fails at once', async () => {
    const { clock, emulator, restore, stop, events, get } = await sessionWire({
      mailboxRestore: { durationMs: 60 * MINUTE },
    });
    const before = emulator.mailboxes[0]?.items;
    const began = clock.now();
    const restoring = restore();
    await clock.sleep(6 * MINUTE);
    expect(await events()).toMatchObject([{ type: 'Restore', status: 'Running', endTime: null }]);
    await stop();
    expect(await restoring).toMatchObject({ status: 500, body: { message: expect.stringContaining('premature') } });
    expect(clock.now() - began).toBe(6 * MINUTE);
    expect((await get()).body.state).toBe('Stopped');
    const [event] = await events();
    expect(event.status).toBe('Failed');
    expect(Date.parse(event.endTime)).toBe(clock.now());
    await clock.sleep(60 * MINUTE);
    expect(emulator.mailboxes[0]?.items).toEqual(before);
    expect(emulator.mailboxRestores).toMatchObject([{ truth: 'failed' }]);
  });

  it('can leave an event that never ends', async () => {
    const { clock, restore, stop, events, emulator } = await sessionWire('stop-cuts-silently');
    const restoring = restore();
    await clock.sleep(1_000);
    await stop();
    expect((await restoring).status).toBe(500);
    await clock.sleep(30 * MINUTE);
    expect(await events()).toMatchObject([{ status: 'Running', endTime: null }]);
    expect(emulator.mailboxRestores[0]?.truth).toBe('failed');
  });

  it('can go on', async () => {
    const { clock, restore, stop, events, emulator } = await sessionWire('stop-lets-restores-go-on');
    const restoring = restore();
    await clock.sleep(1_000);
    await stop();
    expect((await restoring).status).toBe(200);
    expect(await events()).toMatchObject([{ status: 'Success' }]);
    expect(emulator.mailboxRestores[0]?.truth).toBe('succeeded');
  });

  it('is not cut where it had ended before', async () => {
    const { restore, stop, emulator, clock } = await sessionWire();
    await restore();
    await stop();
    await clock.sleep(MINUTE);
    expect(emulator.mailboxRestores[0]?.truth).toBe('succeeded');
  });
});

it('the connection of a restore breaks, and the restore goes on', async () => {
  const { clock, restore, events, emulator, logIn } = await sessionWire('connection-dies-in-an-hour-long-restore');
  await expect(restore()).rejects.toThrow(TypeError);
  expect(await events()).toMatchObject([{ status: 'Running' }]);
  await clock.sleep(54 * MINUTE);
  await logIn();
  expect(await events()).toMatchObject([{ status: 'Success', endTime: expect.any(String) }]);
  expect(emulator.mailboxRestores).toMatchObject([{ truth: 'succeeded' }]);
});

it('a 401 after 65 minutes belongs to a restore that was carried out', async () => {
  const { clock, restore, emulator } = await sessionWire('unauthorized-after-the-restore');
  const began = clock.now();
  expect((await restore()).status).toBe(401);
  expect(clock.now() - began).toBe(65 * MINUTE);
  expect(emulator.mailboxRestores).toMatchObject([{ truth: 'succeeded' }]);
  expect(Object.keys(emulator.mailboxes[0]?.items ?? {})).toHaveLength(52);
});

describe('a restore of several', () => {
  it('lists fewer than were asked for where some could not be resolved and were to be skipped', async () => {
    const { restoreMany, ids } = await sessionWire('fewer-details-than-asked-for');
    const skipped = (await restoreMany({ skipUnresolved: true })).body;
    expect(skipped.status).toBe('Success');
    expect(skipped.details.map(({ mailbox }: { mailbox: { id: string } }) => mailbox.id)).toEqual([ids[0], ids[2]]);
    const all = (await restoreMany()).body;
    expect(all.details.map(({ status }: { status: string }) => status)).toEqual(['Success', 'Failed', 'Success']);
  });

  it.each([
    ['bulk-answer-empty', {}],
    ['bulk-answer-without-details', { status: 'Success', details: [] }],
    ['bulk-answer-running', { status: 'Running' }],
  ] as const)('%s', async (scenario, body) => {
    const { restoreMany } = await sessionWire(scenario);
    expect(await restoreMany()).toMatchObject({ status: 200, body });
    expect((await restoreMany()).body).toEqual(body);
  });

  it('tells a warning of one mailbox only there', async () => {
    const { restoreMany } = await sessionWire('warning-of-one-mailbox');
    const { body } = await restoreMany();
    expect([body.status, body.details[1].status]).toEqual(['Success', 'Warning']);
  });
});

it.each(['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'C:\\certificates\\app.pfx', 'MIIBx'])(
  'a certificate that is no base64 is a 500: %s',
  async (applicationCertificate) => {
    const { restore, emulator } = await sessionWire();
    expect(await restore({ applicationCertificate })).toMatchObject({
      status: 500,
      body: { message: expect.stringContaining('Invalid length for a Base-64') },
    });
    expect(emulator.mailboxRestores).toEqual([]);
    expect((await restore({ applicationCertificate: 'TUlJQg==' })).status).toBe(200);
  },
);
