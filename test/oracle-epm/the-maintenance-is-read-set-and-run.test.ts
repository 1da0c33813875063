import { expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, emulated, html, json, scriptedEnvironment } from './support.ts';

it('a schedule that a restore has moved is set back (OE-13)', async () => {
  const { epm, emulator } = emulated();
  const before = await epm.maintenance.get();
  expect(before).toEqual({ startTime: '19:00', timeZone: 'Etc/UTC', buildVersion: '26.04.40' });
  await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
  expect((await epm.maintenance.get()).startTime).toBe('08:00');
  await epm.maintenance.set({ startTime: before.startTime ?? '' });
  expect(emulator.environment.maintenanceStartTime).toBe('19:00');
});

it.each([
  [
    'in the form of v1 (OE-8)',
    { status: '0', items: [{ amwTime: '9', buildVersion: '16.10.17' }], details: 'null' },
    { startTime: '09:00', buildVersion: '16.10.17' },
  ],
  ['without a time', { status: 0, items: [{ amwTime: null, timeZone: null }], details: null }, {}],
  ['without an item', { status: 0, items: [], details: null }, {}],
  ['with nothing', { status: 0, items: null, details: null }, {}],
])('the window %s', async (_, body, expected) => {
  expect(await scriptedEnvironment([json(body)]).epm.maintenance.get()).toEqual(expected);
});

it.each([
  ['a refusal', json({ status: 2, items: null, details: 'No access' }), 'ApiError'],
  ['a page', html(), 'UnexpectedResponseError'],
  ['the error of a gateway', json({ detail: 'x', status: 503 }), 'UnexpectedResponseError'],
])('%s is no window', async (_, answer, name) => {
  expect(await rejection(scriptedEnvironment([answer]).epm.maintenance.get())).toMatchObject({ name });
});

it.each([
  ['startTime', { startTime: '8:00' }],
  ['startTime', { startTime: '08:30' }],
  ['startTime', { startTime: '24:00' }],
  ['startTime', { startTime: 8 as never }],
  ['startTime', undefined as never],
  ['timeZone', { startTime: '08:00', timeZone: '' }],
  ['zone', { startTime: '08:00', zone: 'UTC' } as never],
])('a wrong %s is refused before anything is sent', async (field, input) => {
  const { epm, emulator } = emulated();
  expect(await rejection(epm.maintenance.set(input))).toMatchObject({ name: 'ConfigurationError', field });
  expect(emulator.requests).toEqual([]);
});

it('the maintenance is run without input, and the next one stays', async () => {
  const { epm, emulator } = emulated();
  const { result } = await waitForCompletion(await epm.maintenance.run());
  expect(result.aftermath[0]).toMatch(/environment backup .* not documented/);
  expect(emulator.environment).toMatchObject({ maintenanceRuns: 1, skipsNextMaintenance: false });
});

it('an environment that is down for its maintenance is waited for', async () => {
  const href = ' https://x/interop/rest/v2/status/service/maintenancewindow/9';
  const done = json({ details: null, status: 0, items: null, links: null });
  const { epm, clock } = scriptedEnvironment([
    json({ details: null, status: -1, items: null, links: [{ rel: 'Job Status', href }] }),
    () => (clock.now() - began < 50 * 60_000 ? html(503) : done.clone()),
  ]);
  const began = clock.now();
  const { unreachableMs } = await waitForCompletion(await epm.maintenance.run());
  expect(unreachableMs).toBeGreaterThan(45 * 60_000);
});
