import type { SampleCalls } from '../client/sample-calls.ts';
import { DocSpaceClient } from './client.ts';
import { docspaceApiKey } from './docspace-api-key.ts';
import { restoreKind } from './restore-kind.ts';

const BACKUP = '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11';
const startedAt = '2026-01-01T00:00:00.000Z';

export const sampleCalls: Readonly<Record<string, SampleCalls>> = {
  DocSpace: {
    login: docspaceApiKey,
    withoutLogin: docspaceApiKey,
    namesAddresses: false,
    connect: (options) => {
      const client = new DocSpaceClient(options);
      const { portal } = client;
      const { kind } = restoreKind;
      const handle = (id: string) => ({ v: 1, kind, id, baseUrl: client.baseUrl, startedAt }) as const;
      return {
        client,
        target: {},
        start: () => portal.restore({ backupId: BACKUP, notify: false }),
        calls: {
          history: () => client.backups.list().toArray(),
          progress: () => portal.restoreProgress(),
          settings: () => portal.settings(),
          backup: async () => (await client.backups.create({ storage: 'data-store' })).poll(),
          'progress of a backup': () => client.backups.progress(),
          schedule: () => client.backups.schedule.get(),
          'schedule set': () =>
            client.backups.schedule.set({ storage: 'data-store', every: 'day', hour: 3, backupsStored: 5 }),
          counts: () => client.backups.countByPaid(),
          'service state': () => client.backups.serviceState(),
          upload: () => portal.upload(new Uint8Array([0x1f, 0x8b]), { fileName: 'portal.tar.gz' }),
        },
        callsWithText: {
          attach: async (id) => client.attach({ id }).poll(),
          resume: async (id) => client.resume(handle(id)).poll(),
          restore: (backupId) => portal.restore({ backupId }),
          'restore of a path': (filePath) => portal.restore({ storage: 'local', filePath }),
          'restore of a file': (fileId) => portal.restore({ storage: 'documents', fileId }),
          'backup attached': async (id) => client.backups.attach({ id }).poll(),
          'backup deleted': (id) => client.backups.delete(id),
          'backup to a folder': (folderId) => client.backups.create({ storage: 'third-party-documents', folderId }),
          'backup to a path': (folderPath) => client.backups.create({ storage: 'local', folderPath }),
          'restore of a storage': (text) =>
            portal.restore({ storage: 'data-store', params: { filePath: text, [text]: text } }),
        },
      };
    },
  },
};
