import { describe, expect, it } from 'vitest';
import { OperationFailedError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { OracleEpmJobScenario } from '../../src/testing/oracle-epm/scenario.ts';
import { rejection } from '../support/rejection.ts';
import { emulated, json, scriptedEnvironment, started } from './support.ts';

const JOB = '/interop/rest/v2/status/migration/22';

async function failureOf(job: OracleEpmJobScenario) {
  const { epm, emulator } = emulated({ scenario: { job: { ending: { status: 1, details: null }, ...job } } });
  const error = await rejection(waitForCompletion(await epm.snapshots.import({ snapshotName: 'Artifact Snapshot' })));
  if (!OperationFailedError.isInstance(error)) throw error;
  const details = emulator.requests.filter(({ path }) => path.endsWith('/details'));
  return { failure: error.failure, details };
}

it('it is read behind "Job Details", because the status says nothing (OE-10)', async () => {
  const { failure } = await failureOf({});
  expect(failure).toMatchObject({
    code: '1',
    message:
      'The vendor answered status 1 and gave no reason. /Global Artifacts: EPMLCM-26000: The snapshot is not compatible with this version.',
    details: {
      messages: [
        {
          text: 'EPMLCM-26000: The snapshot is not compatible with this version',
          category: 'Error',
          artifact: '/Global Artifacts',
        },
      ],
    },
  });
});

it('all pages are read, and a long list is shortened in the message', async () => {
  const messages = Array.from({ length: 12 }, (_, index) => ({ msgText: `Error ${index + 1}` }));
  const { failure, details } = await failureOf({ messages, pageSize: 5 });
  expect(details).toHaveLength(3);
  expect(failure?.message).toMatch(/Error 1; Error 2; Error 3; Error 4; Error 5\. And 7 more\.$/);
  expect(failure?.details).toMatchObject({ messages: { length: 12 } });
});

it('errors are shown before warnings and notes', async () => {
  const { failure } = await failureOf({
    messages: [
      { msgCategory: 'Info', msgText: 'Began' },
      { msgCategory: 'Warning', msgText: 'Skipped a form' },
      { msgCategory: 'Error', msgText: 'No such dimension' },
    ],
  });
  expect(failure?.message).toMatch(/no reason\. No such dimension\.$/);
});

it('a list without an end is left after four pages', async () => {
  const messages = Array.from({ length: 500 }, () => ({ msgText: 'again' }));
  expect((await failureOf({ messages, pageSize: 10 })).details).toHaveLength(4);
});

describe('the verdict stands without its reason', () => {
  it('if the details cannot be read', async () => {
    const { failure, details } = await failureOf({ details: 'unavailable' });
    expect(failure?.message).toMatch(/details of the job could not be read; see the Migration Status Report/);
    expect(details).toHaveLength(1);
  });

  it('if they are those of another job, which are not asked for', async () => {
    const { failure, details } = await failureOf({ details: 'of-another-job' });
    expect(failure?.message).toMatch(/could not be read/);
    expect(details).toHaveLength(0);
  });

  it.each([
    ['no tasks', null],
    ['tasks without a link', [{ source: 'a', destination: 'b' }]],
    ['tasks of another form', ['a', 7, null]],
    ['a link that leads elsewhere', [{ links: [{ rel: 'Job Details', href: 'https://elsewhere.invalid/x' }] }]],
  ])('if there are %s', async (_, items) => {
    const failed = json({ details: 'It failed', status: 1, items, links: null });
    const { epm, received } = scriptedEnvironment([started(JOB), failed]);
    const operation = await epm.snapshots.import({ snapshotName: 'April' });
    expect(await operation.poll()).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringMatching(/^It failed/) },
    });
    expect(received).toHaveLength(2);
  });
});

it('an export tells it too, with the address of v1', async () => {
  const v1 = '/interop/rest/11.1.2.3.600/applicationsnapshots/April/migration/9';
  const href = `https://inside.invalid${v1}/0/details?limit=25&msgtype=error&offset=0`;
  const failed = json({ details: null, status: '1', items: [{ links: [{ rel: 'Job Details', href }] }], links: null });
  const messages = json({ status: 0, items: [{ msgText: 'Disk full' }], links: null });
  const { epm, received } = scriptedEnvironment([started(v1), failed, messages]);
  const operation = await epm.snapshots.export({ snapshotName: 'April' });
  expect(await operation.poll()).toMatchObject({ failure: { message: expect.stringMatching(/Disk full\.$/) } });
  expect(received[2]?.url.href).toBe(`https://epm.example.org${v1}/0/details?limit=25&msgtype=error&offset=0`);
});

it('a signal ends the poll while the reason is read', async () => {
  const control = new AbortController();
  const href = `${JOB}/0/details`;
  const failed = json({ details: null, status: 1, items: [{ links: [{ rel: 'Job Details', href }] }], links: null });
  const { epm } = scriptedEnvironment([
    started(JOB),
    failed,
    () => {
      control.abort(new Error('enough'));
      return json({});
    },
  ]);
  const operation = await epm.snapshots.import({ snapshotName: 'April' });
  expect(await rejection(operation.poll({ signal: control.signal }))).toEqual(new Error('enough'));
});
