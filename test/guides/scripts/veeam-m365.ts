import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type VeeamM365Emulator, veeamM365Emulator } from 'restorekit/testing';
import { expect } from 'vitest';
import type { Guide } from '../guide.ts';

const scenario = { mailboxRestore: { durationMs: 300 } };

const lostOf = (things: VeeamM365Emulator['oneDrives']) =>
  things.map(({ items }) => Object.values(items).filter((content) => content === 'spoilt').length);

export default {
  emulator: () => veeamM365Emulator({ scenario }),
  env: (url, { tenantId, operatorId }) => ({
    VEEAM_URL: url,
    VEEAM_PASSWORD: 'secret',
    M365_PASSWORD: 'password of the administrator',
    APPLICATION_ID: 'feccc769-5f39-4797-8918-96df38908a90',
    APPLICATION_CERTIFICATE: 'MIIKYg==',
    APPLICATION_CERTIFICATE_PASSWORD: 'password of the file',
    MICROSOFT_TOKEN: 'microsoft-token',
    TENANT_ID: tenantId,
    OPERATOR_ID: operatorId,
  }),
  scripts: {
    'restore-mailbox.ts': {
      args: ['user1@abc.onmicrosoft.com', new Date().toISOString()],
      prints: [/\d+ created, \d+ changed, 0 failed/],
      check: ({ mailboxes, openSessions }) => {
        expect(Object.keys(mailboxes[0]?.items ?? {})).toHaveLength(52);
        expect(openSessions).toEqual([]);
      },
    },
    'restore-folder.ts': {
      check: ({ mailboxes }) =>
        expect(mailboxes[0]?.items).toMatchObject({ 'item-1': 'revision 2', 'item-2': 'original' }),
    },
    'restore-users.ts': {
      args: ['user1@abc.onmicrosoft.com', 'user3@abc.onmicrosoft.com'],
      prints: ['User 1: succeeded', 'User 3: succeeded'],
      check: ({ mailboxes }) => expect(mailboxes.map(({ items }) => Object.keys(items).length)).toEqual([52, 12, 52]),
    },
    'leavers-mailbox.ts': {
      check: ({ mailboxes }) => expect(mailboxes.map(({ items }) => Object.keys(items).length)).toEqual([12, 52, 12]),
    },
    'export-pst.ts': {
      prints: [/user1\.pst \d+ bytes, SHA-256 [0-9a-f]{64}/],
      check: (_, folder) => {
        expect(readFileSync(join(folder, 'user1.pst'), 'utf8')).toContain('Message 52');
        expect(readFileSync(join(folder, 'message.msg'), 'utf8')).toContain('Message 1');
      },
    },
    'restore-documents.ts': {
      check: ({ oneDrives }) => {
        expect(Object.keys(oneDrives[0]?.items ?? {})).toHaveLength(12);
        expect(lostOf(oneDrives)).toEqual([0, 1]);
      },
    },
    'restore-library.ts': { check: ({ sites }) => expect(lostOf(sites)).toEqual([expect.any(Number), 1]) },
    'restore-channel.ts': {
      check: ({ teams }) => expect(Object.keys(teams[0]?.items ?? {}).length).toBeGreaterThan(3),
    },
    'operator.ts': { check: ({ mailboxes }) => expect(Object.keys(mailboxes[0]?.items ?? {})).toHaveLength(52) },
    'restore-staged.ts': {
      args: ['CHANGE-4711', new Date().toISOString()],
      prints: [/d0c00001-\S+: succeeded/, /succeeded: \d+ items of 12 documents/],
      check: ({ oneDrives }) => expect(Object.keys(oneDrives[0]?.items ?? {})).toHaveLength(12),
    },
  },
} satisfies Guide<VeeamM365Emulator>;
