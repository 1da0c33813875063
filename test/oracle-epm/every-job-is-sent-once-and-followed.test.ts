import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { jobSamples } from './jobs.ts';
import { emulated, html, json, scriptedEnvironment, started } from './support.ts';

const running = json({ details: null, status: -1, items: null, links: null });
const succeeded = json({ details: null, status: 0, items: null, links: null });
const COPYSNAPSHOT = '/interop/rest/v1/services/LCM/copysnapshot/81960945213340578';

describe.each(jobSamples.map((sample) => [sample.kind, sample] as const))('%s', (kind, sample) => {
  const { start, request, body, folder, what } = sample;

  it('is sent in the documented form, and ends when the job ends', async () => {
    const { epm, emulator } = emulated();
    const operation = await start(epm, 'T-1');
    expect(operation).toMatchObject({ kind, note: 'T-1', baseUrl: 'https://epm.example.org' });
    const [sent] = emulator.requests;
    expect(`${sent?.method} ${sent?.path}`).toBe(request);
    expect(JSON.parse(sent?.body ?? '')).toEqual(body);
    expect((await operation.poll()).state).toBe('running');
    const done = await waitForCompletion(operation);
    expect(done.state).toBe('succeeded');
    expect(done.result.aftermath).not.toEqual([]);
    expect(done.elapsedMs).toBeGreaterThanOrEqual(30_000);
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('fails by any positive status, with the text of the vendor (OE-1, OE-2)', async () => {
    const ending = { status: 7, details: 'EPMLCM-13000: Service currently not available' };
    const { epm } = emulated({ scenario: { job: { ending, messages: [] } } });
    expect(await rejection(waitForCompletion(await start(epm)))).toMatchObject({
      name: 'OperationFailedError',
      failure: { code: '7', message: expect.stringContaining('EPMLCM-13000') },
    });
  });

  it('a refusal in the answer of the start has ended at once', async () => {
    const refusal = json({ details: 'Not allowed here', status: 1, items: null, links: null });
    const { epm, received } = scriptedEnvironment([refusal]);
    const operation = await start(epm);
    expect(await operation.poll()).toMatchObject({ state: 'failed', failure: { message: 'Not allowed here' } });
    expect(received).toHaveLength(1);
  });

  it.each([
    ['no answer', html(502)],
    ['a page', html()],
    ['the error of a gateway', json({ detail: 'upstream unavailable', status: 503 })],
  ])('%s leaves it unknown, and it is not sent again (OE-26)', async (_, answer) => {
    const { epm, received } = scriptedEnvironment([answer]);
    const error = await rejection(start(epm));
    if (!StartOutcomeUnknownError.isInstance(error)) throw error;
    expect(error.message).toMatch(what);
    expect(received).toHaveLength(1);
    const told = await error.reconcile();
    expect(told).toMatchObject({
      outcome: 'unknown',
      advice: expect.stringContaining(`attachJob({ kind: '${kind}', id })`),
    });
    expect(received).toHaveLength(1);
  });

  it('accepted without a link to its job is not reported as not started (OE-4)', async () => {
    const { epm } = scriptedEnvironment([running]);
    expect(await rejection(start(epm))).toMatchObject({ name: 'UnexpectedResponseError', started: 'yes' });
  });

  it('is followed at the address of its link, in any of the documented families, on our own origin (OE-5, OE-9)', async () => {
    const { epm, received } = scriptedEnvironment([started(` http://inside.invalid/gw${COPYSNAPSHOT}`), succeeded]);
    const operation = await start(epm);
    expect(operation.id).toBe('81960945213340578');
    await waitForCompletion(operation);
    expect(received[1]?.url.href).toBe(`https://epm.example.org${COPYSNAPSHOT}`);
  });

  it('goes on from its handle in another process', async () => {
    const { epm } = emulated();
    const operation = await start(epm);
    const resumed = epm.resume(JSON.parse(JSON.stringify(operation)));
    expect(resumed.toJSON()).toEqual(operation.toJSON());
    expect(await waitForCompletion(resumed)).toMatchObject({ state: 'succeeded' });
  });

  it('started by somebody else is followed by its id', async () => {
    const { epm, received } = scriptedEnvironment([succeeded]);
    if (folder === undefined) {
      expect(() => epm.attachJob({ kind, id: '7' })).toThrow(expect.objectContaining({ field: 'path' }));
    }
    const path = folder === undefined ? '/interop/rest/v2/status/jobs/7' : undefined;
    const operation = epm.attachJob({ kind, id: '7', path, note: 'T-2' });
    expect(operation).toMatchObject({ kind, id: '7', note: 'T-2' });
    await waitForCompletion(operation);
    expect(received[0]?.url.pathname).toBe(path ?? `${folder}7`);
  });
});

it.each([
  ['kind', { kind: 'oracle-epm/unknown', id: '1' }],
  ['id', { kind: 'oracle-epm/recreate' }],
  ['path', { kind: 'oracle-epm/recreate', id: '1', path: '/interop/rest/v2/status/jobs/2' }],
  ['path', { kind: 'oracle-epm/recreate', id: '1', path: 'https://elsewhere.invalid/1' }],
  ['startedAt', { kind: 'oracle-epm/export-snapshot', id: '1', startedAt: '2026-01-01' }],
  ['snapshotName', { kind: 'oracle-epm/export-snapshot', id: '1', snapshotName: 'x' }],
])('attachJob refuses a wrong %s', (field, options) => {
  const { epm } = emulated();
  expect(() => epm.attachJob(options as never)).toThrow(expect.objectContaining({ field }));
});

it('what overwrites data is a restore of the emulated environment, and what only reads or copies is none', async () => {
  const { epm, emulator } = emulated();
  for (const { start } of jobSamples) await waitForCompletion(await start(epm));
  expect(emulator.restores).toHaveLength(3);
  expect(emulator.environment).toMatchObject({
    application: 'deleted',
    clonedTo: ['https://epm-test.example.org'],
    maintenanceRuns: 1,
    skipsNextMaintenance: true,
  });
});
