import { describe, expect, it } from 'vitest';
import { OperationFailedError, StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { type Operation, waitForCompletion } from '../../src/operation/index.ts';
import type { VeeamM365Scenario } from '../../src/testing/veeam-m365/scenario.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import type { RestoreSession, SessionRestoreResult } from '../../src/veeam-m365/index.ts';
import { rejection } from '../support/rejection.ts';
import { stage } from './stage.ts';

const DRIVE = '8507931c-4561-4ddf-bc90-000000000001';
const SITE = 'abc.sharepoint.com,site-1';
const TEAM = '1f6c2b9a-0d4e-4b57-8a3c-000000000001';
const FLAGS = { restoreChangedItems: true, restoreMissingItems: true, restoreMembers: true, restoreSettings: true };

type Start = (session: RestoreSession) => Promise<Operation<SessionRestoreResult>>;
const RESTORES: readonly (readonly [string, 'onedrive' | 'sharepoint' | 'teams', Start])[] = [
  ['a OneDrive', 'onedrive', ({ oneDrives }) => oneDrives.restore(DRIVE, { documentAction: 'overwrite' })],
  ['a library', 'sharepoint', ({ sites }) => sites.libraries.restore(SITE, 'library-1')],
  ['a site', 'sharepoint', ({ sites }) => sites.restore(SITE)],
  ['a team', 'teams', ({ teams }) => teams.restore(TEAM, FLAGS)],
];

const several: Start = async ({ oneDrives }) =>
  oneDrives.restoreMany(await oneDrives.list().toArray(), { documentAction: 'overwrite', skipUnresolved: true });

async function ended(
  type: 'onedrive' | 'sharepoint' | 'teams',
  start: Start,
  scenario: VeeamM365Scenario | VeeamM365ScenarioName,
) {
  const { open } = stage('v6', scenario);
  return waitForCompletion(await start(await open(type)), { accept: 'partial' });
}

describe.each(RESTORES)('VM-14: the restore of %s', (_, type, start) => {
  it('VM-13: fails if everything failed, although the answer is 200', async () => {
    const error = await rejection(ended(type, start, 'failure-in-a-200'));

    expect(error).toBeInstanceOf(OperationFailedError);
    const details = (error as OperationFailedError).failure.details as SessionRestoreResult;
    expect(details.failed).toBeGreaterThan(0);
    expect(details.issues).toMatchObject([{ severity: 'error', message: 'The item could not be restored.' }]);
    expect(details.items).toMatchObject([{ state: 'failed' }]);
  });

  it('is partial if some of it failed', async () => {
    const { state, result } = await ended(type, start, { mailboxRestore: { failedItems: 2 } });

    expect(state).toBe('partial');
    expect(result.failed).toBeGreaterThan(0);
    expect(result.restored).toBeGreaterThan(0);
    expect(result.items?.[0]?.state).toBe('failed');
  });

  it('succeeds with warnings if nothing failed', async () => {
    const { state, result, warnings } = await ended(type, start, 'restored-with-warnings');

    expect(state).toBe('succeeded');
    expect(result.issues).toMatchObject([{ severity: 'warning' }]);
    expect(warnings[0]?.message).toContain('Some permissions could not be read.');
  });

  it('is counted where only the counters that are not zero come', async () => {
    const { state, result } = await ended(type, start, 'counters-absent-where-zero');

    expect(state).toBe('succeeded');
    expect(result.restored).toBeGreaterThan(0);
  });

  it('is unknown if its answer says nothing', async () => {
    expect(await rejection(ended(type, start, { mailboxRestore: { counters: 'none', durationMs: 0 } }))).toBeInstanceOf(
      StartOutcomeUnknownError,
    );
  });

  it('VM-12: goes on by the events when the connection is cut after six minutes, and is sent once', async () => {
    const { open, emulator } = stage('v6', 'connection-dies-in-an-hour-long-restore');
    const operation = await start(await open(type));
    const { state, warnings } = await waitForCompletion(operation);

    expect(state).toBe('succeeded');
    expect(warnings).toMatchObject([{ code: 'not-counted' }]);
    expect(emulator.mailboxRestores).toHaveLength(1);
  });
});

describe('VM-14: the answer for several OneDrives, which has no counter', () => {
  it('lists fewer than were asked for: the restore is partial, and names the missing', async () => {
    const { state, result } = await ended('onedrive', several, 'fewer-details-than-asked-for');

    expect(state).toBe('partial');
    expect(result.items).toMatchObject([
      { id: DRIVE, state: 'succeeded' },
      { id: '8507931c-4561-4ddf-bc90-000000000002', state: 'failed' },
    ]);
    expect(result.errors).toEqual(['User 2: The answer does not list it. It may not have been restored.']);
  });

  it('says Success, and Warning of one: there is a warning', async () => {
    const { state, warnings } = await ended('onedrive', several, 'warning-of-one-mailbox');

    expect(state).toBe('succeeded');
    expect(warnings.map(({ message }) => message).join()).toContain('The status is Warning');
  });

  it('one failed: the restore is partial', async () => {
    const { state, result } = await ended('onedrive', several, 'bulk-warning');

    expect(state).toBe('partial');
    expect(result.items?.map((item) => item.state)).toEqual(['succeeded', 'failed']);
  });

  it.each(['bulk-answer-empty', 'bulk-answer-without-details', 'bulk-answer-running'] as const)(
    'is %s: the outcome is unknown',
    async (scenario) => {
      const { open } = stage('v6', scenario);
      const operation = await several(await open('onedrive'));
      expect(await rejection(waitForCompletion(operation))).toMatchObject({ reason: 'ended-without-verdict' });
    },
  );
});

it('VM-9: a session of a moment before the first backup restores nothing, and says so', async () => {
  const { veeam, emulator } = stage('v6');
  const session = await veeam.organizations.explore(emulator.organizationId, {
    dateTime: '2001-01-01T00:00:00Z',
    type: 'onedrive',
  });
  expect(await session.oneDrives.list().toArray()).toEqual([]);

  const { state, warnings } = await waitForCompletion(
    await session.oneDrives.restore(DRIVE, { documentAction: 'overwrite' }),
  );
  expect(state).toBe('succeeded');
  expect(warnings).toMatchObject([{ code: 'nothing-restored' }]);
});
