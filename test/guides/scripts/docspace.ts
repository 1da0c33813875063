import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DocSpaceEmulator, docspaceBackups, docspaceEmulator } from 'restorekit/testing';
import { expect } from 'vitest';
import type { Guide } from '../guide.ts';

/** Quick, because the scripts take their time from the real clock. */
const QUICK = { durationMs: 200, backup: { durationMs: 200 } };

const guide: Guide<DocSpaceEmulator> = {
  emulator: () => docspaceEmulator({ scenario: QUICK }),
  env: (url, { credentials }) => ({
    DOCSPACE_URL: url,
    DOCSPACE_API_KEY: credentials.apiKey,
    DOCSPACE_EMAIL: credentials.userName,
    DOCSPACE_PASSWORD: credentials.password,
  }),
  scripts: {
    'back-up.ts': {
      prints: [/^backup [0-9a-f-]{36}: portal_.*\.tar\.gz$/m],
      check: (emulator) => {
        const before = Object.values(docspaceBackups).map(({ id }): string => id);
        expect(emulator.portal().backupIds.filter((id) => !before.includes(id))).toHaveLength(1);
      },
    },
    'schedule.ts': {
      prints: [/^set: every day at 2:00 to documents$/m],
      check: ({ requests }) => {
        const sent = requests.filter(({ operationId }) => operationId === 'createBackupSchedule');
        expect(sent.map(({ body }) => JSON.parse(body).cronParams)).toEqual([{ period: 0, hour: 2 }]);
      },
    },
    'list.ts': { prints: [docspaceBackups.damaged.id, `latest: ${docspaceBackups.good.id}`] },
    'restore.ts': {
      args: ['CHANGE-4711'],
      prints: ['data as of 2026-06-29T02:00:00.000Z', /API keys, sessions and passwords from before/],
      check: ({ restores, mails }) => {
        expect(restores).toMatchObject([{ truth: 'succeeded' }]);
        expect(mails.map(({ audience }) => audience)).toEqual(['owner', 'owner']);
      },
    },
    'follow.ts': {
      emulator: () => docspaceEmulator({ scenario: { ...QUICK, earlierRestore: { agoMs: 0, durationMs: 1_000 } } }),
      prints: [/^tenantStatus \d, restore [0-9a-f-]{36} at \d+ %$/m],
    },
    'clean-up.ts': {
      emulator: () =>
        docspaceEmulator({
          scenario: {
            backups: ['1', '2', '3', '4', '5'].map((day) => ({
              ...docspaceBackups.good,
              id: docspaceBackups.good.id.replace(/.$/, day),
              createdOn: `2026-06-0${day}T02:00:00`,
            })),
          },
        }),
      prints: [/^deleted .*2$/m, /^deleted .*1$/m],
      check: (emulator) => {
        expect(emulator.portal().backupIds.map((id) => id.slice(-1))).toEqual(['3', '4', '5']);
      },
    },
    'move.ts': {
      args: ['MOVE-1', 'portal.tar.gz'],
      files: { 'portal.tar.gz': new Uint8Array([0x1f, 0x8b, 8, 0]) },
      emulator: () => docspaceEmulator({ scenario: { ...QUICK, edition: 'standalone' } }),
      prints: [/^uploaded 4 bytes, SHA-256 [0-9a-f]{64}$/m],
      check: ({ restores }) => {
        expect(restores).toMatchObject([{ truth: 'succeeded' }]);
      },
    },
    'reconnect.ts': {
      emulator: () => docspaceEmulator({ scenario: { earlierRestore: { agoMs: 3_600_000 } } }),
      prints: [/ids of the portal, its users/, /^restore [0-9a-f-]{36}: 100 %, tenantStatus 0, \d+ backups$/m],
      check: async (emulator, folder) => {
        const file = join(folder, 'docspace-api-key');
        expect(statSync(file).mode & 0o777).toBe(0o600);
        const { status } = await emulator.fetch('https://portal.example.com/api/2.0/backup/getbackuphistory', {
          headers: { authorization: `Bearer ${readFileSync(file, 'utf8')}` },
        });
        expect(status).toBe(200);
      },
    },
  },
};

export default guide;
