import { describe, expectTypeOf, it } from 'vitest';
import type {
  BackupOperation,
  BackupScheduleInput,
  CreateBackupInput,
  DocSpaceClient,
} from '../../src/docspace/index.ts';

describe('the target of a backup', () => {
  it('has what its storage needs', () => {
    expectTypeOf<{ storage: 'data-store' }>().toExtend<CreateBackupInput>();
    expectTypeOf<{ storage: 'documents'; folderId: string; dump: true; note: string }>().toExtend<CreateBackupInput>();
    expectTypeOf<{ storage: 'local'; folderPath: string }>().toExtend<CreateBackupInput>();
    expectTypeOf<{
      storage: 'third-party-consumer';
      params: { module: string; bucket: string };
    }>().toExtend<CreateBackupInput>();
    expectTypeOf<{ storage: 'documents' }>().not.toExtend<CreateBackupInput>();
    expectTypeOf<{ storage: 'documents'; folderId: number }>().not.toExtend<CreateBackupInput>();
    expectTypeOf<{ storage: 'custom-cloud' }>().not.toExtend<CreateBackupInput>();
  });
});

describe('a schedule', () => {
  it('has the day that its period needs, and the number of backups', () => {
    type In = { storage: 'data-store'; hour: number; backupsStored: number };
    expectTypeOf<In & { every: 'day' }>().toExtend<BackupScheduleInput>();
    expectTypeOf<In & { every: 'week'; weekday: 'monday' }>().toExtend<BackupScheduleInput>();
    expectTypeOf<In & { every: 'month'; dayOfMonth: number }>().toExtend<BackupScheduleInput>();
    expectTypeOf<In & { every: 'week' }>().not.toExtend<BackupScheduleInput>();
    expectTypeOf<In & { every: 'month'; weekday: 'monday' }>().not.toExtend<BackupScheduleInput>();
    expectTypeOf<{ storage: 'data-store'; every: 'day'; hour: number }>().not.toExtend<BackupScheduleInput>();
  });
});

describe('what comes back', () => {
  it('needs no cast', () => {
    type Portal = DocSpaceClient['portal'];
    expectTypeOf<Awaited<ReturnType<Portal['reconnect']>>['client']>().toEqualTypeOf<DocSpaceClient>();
    expectTypeOf<Awaited<ReturnType<DocSpaceClient['backups']['create']>>>().toEqualTypeOf<BackupOperation>();
    expectTypeOf<BackupOperation['cancel']>().returns.resolves.toBeBoolean();
  });
});
