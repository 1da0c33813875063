import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import { BACKUP, DUMP, done, portalWith, restoring, scriptedPortal } from './support.ts';

const restored = async (
  scenario: DocSpaceScenario,
  input: { readonly notify?: boolean; readonly dump?: boolean } = {},
) => {
  const { docspace, emulator } = portalWith(scenario);
  const operation = await docspace.portal.restore({ backupId: input.dump ? DUMP : BACKUP, ...input });
  const { result, warnings } = await waitForCompletion(operation);
  return { told: result.aftermath.join('\n'), codes: warnings.map(({ code }) => code), emulator, operation };
};

const STANDALONE: DocSpaceScenario = { edition: 'standalone', credentialsSurvive: true };

describe('who is mailed (DS-23)', () => {
  it.each([{}, { notify: false }])('is the owner only, by %j', async (input) => {
    const { told, codes, emulator } = await restored({}, input);
    expect(new Set(emulator.mails.map(({ audience }) => audience))).toEqual(new Set(['owner']));
    expect(told).toMatch(/Only the owner gets mail at the start and at the end/);
    expect(told).not.toMatch(/[Aa]ll active users|[Ee]very user/);
    expect(codes).toEqual([]);
  });

  it.each([{}, { dump: true }])('is every active user with `notify`, which no answer confirms: %j', async (more) => {
    const { told, codes, emulator } = await restored(STANDALONE, { notify: true, ...more });
    expect(new Set(emulator.mails.map(({ audience }) => audience))).toEqual(new Set(['every active user']));
    expect(told).toMatch(/All active users get mail at the start and at the end/);
    expect(told).not.toMatch(/owner/);
    expect(codes).toEqual(['mails-not-confirmed']);
  });

  it('is not claimed of a restore that somebody else has started', async () => {
    const { docspace } = portalWith('another-restore-is-running');
    const operation = await docspace.portal.restore({ backupId: BACKUP, notify: true });
    const { result, warnings } = await waitForCompletion(operation);
    expect(result.aftermath.join()).not.toMatch(/mail/);
    expect(warnings.map(({ code }) => code)).toEqual(['existing-task']);
  });
});

describe('a restore of the portal', () => {
  it('changes the ids of backup records too, and may have left files out', async () => {
    const before = portalWith({}).emulator.portal().backupIds;
    const { told, emulator } = await restored({ end: { skippedFiles: ['1234'] } });
    expect(emulator.portal().backupIds).not.toEqual(before);
    expect(told).toMatch(/ids .*backup records have changed/);
    expect(told).toMatch(/Files that could not be written are missing/);
    expect(told).not.toMatch(/licence/);
  });

  it('deletes the settings of two-factor authentication on a server that shows its age', async () => {
    const { told, emulator } = await restored({ server: '3.7' });
    expect(emulator.portal().hasTwoFactorSettings).toBe(false);
    expect(told).toMatch(/^The settings of two-factor authentication are deleted\.$/m);
  });

  it.each(['3.0', '3.6'] as const)('does not claim so of a server %s, which does not tell its age', async (server) => {
    const { told, emulator } = await restored({ server });
    expect(emulator.portal().hasTwoFactorSettings).toBe(true);
    expect(told).not.toMatch(/^The settings of two-factor/m);
    expect(told).toMatch(/since December 2025/);
  });
});

it('a restore of the whole server deletes the licence and the two-factor settings', async () => {
  const { told, emulator } = await restored(STANDALONE, { dump: true });
  expect(emulator.portal()).toMatchObject({ hasLicence: false, hasTwoFactorSettings: false });
  expect(told).toMatch(/licence .* two-factor authentication are deleted/);
  expect(told).toMatch(/All portals of the server/);
  expect(told).toMatch(/not documented/);
  expect(told).not.toMatch(/have changed/);
});

it('of a restore that is followed without `dump` and `notify`, it is said what depends on them', async () => {
  const { docspace } = scriptedPortal(restoring(() => Response.json({ response: done(), status: 0, statusCode: 200 })));
  const { id } = await docspace.portal.restore({ backupId: BACKUP });
  const { result } = await waitForCompletion(docspace.attach({ id }));
  expect(result.aftermath.join()).toMatch(/not known whether .* this portal or of the whole server/);
  expect(result.aftermath.join()).not.toMatch(/mail/);
  const known = await waitForCompletion(docspace.attach({ id, dump: false, notify: false }));
  expect(known.result.aftermath.join()).toMatch(/backup records have changed.*Only the owner/s);
});
