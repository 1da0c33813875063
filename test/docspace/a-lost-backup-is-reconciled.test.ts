import { describe, expect, it } from 'vitest';
import type { BackupOperation } from '../../src/docspace/index.ts';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { backup, envelope, OTHER_TASK, record, type Script, scriptedPortal, TASK } from './support.ts';

async function lose(start: Promise<unknown>): Promise<StartOutcomeUnknownError<BackupOperation>> {
  const error = await rejection(start);
  expect(error).toBeInstanceOf(StartOutcomeUnknownError);
  return error as StartOutcomeUnknownError<BackupOperation>;
}

const afterLoss = async (progress: Script, answer: () => Response = () => new Response(null, { status: 502 })) => {
  const portal = scriptedPortal((asked, count) => {
    if (asked.call === 'startbackup') return answer();
    if (asked.call === 'settings') return envelope({ tenantStatus: 0 });
    return count === 1 ? envelope() : progress(asked, count - 1);
  });
  const error = await lose(portal.docspace.backups.create({ storage: 'data-store' }));
  return { ...portal, error, found: await error.reconcile() };
};

describe('a backup whose start was not answered', () => {
  it('is found by its new id, and never started again', async () => {
    const { found, asked } = await afterLoss(() => envelope(backup()));
    expect(found.outcome).toBe('started');
    if (found.outcome !== 'started') return;
    expect(found.operation.id).toBe(TASK);
    expect(typeof found.operation.cancel).toBe('function');
    expect(await found.operation.poll()).toMatchObject({
      warnings: [{ code: 'found-after-lost-start', message: expect.stringContaining('This backup is new') }],
    });
    expect(asked.filter(({ call }) => call === 'startbackup')).toHaveLength(1);
  });

  it('looks as if it was not started if none shows for three minutes', async () => {
    const { found } = await afterLoss(() => envelope());
    expect(found).toMatchObject({
      outcome: 'unknown',
      looksNotStarted: true,
      advice: expect.stringContaining('backups.attach'),
    });
    expect(found.outcome === 'unknown' && found.evidence.join()).toMatch(/the portal showed no backup/);
  });
});

it.each([
  ['names no backup', () => envelope()],
  ['names a restore', () => envelope(record({ taskId: OTHER_TASK }))],
  ['is a page', () => new Response('<html></html>')],
])('an answer that %s is no start that is known', async (_, answer) => {
  const { found } = await afterLoss(() => envelope(), answer);
  expect(found.outcome).toBe('unknown');
});

it('the answer of a restore that names a backup is no start that is known', async () => {
  const { docspace } = scriptedPortal(({ call }) => (call === 'startrestore' ? envelope(backup()) : envelope()));
  await lose(docspace.portal.restore({ storage: 'documents', fileId: '1234' }));
});

it('a backup that failed at the start is followed to its end', async () => {
  const { docspace } = scriptedPortal(({ call }) =>
    call === 'startbackup' || call === 'getbackupprogress'
      ? envelope(backup({ isCompleted: true, error: 'No space.', status: 2 }))
      : envelope([]),
  );
  const operation = await docspace.backups.create({ storage: 'data-store' });
  expect(await rejection(waitForCompletion(operation))).toMatchObject({ state: 'failed' });
});
