import { expectTypeOf, it } from 'vitest';
import type { BackupRecord, DocSpaceClient, StartRestoreInput } from '../../src/docspace/index.ts';
import type { Operation, RestoreResult } from '../../src/operation/index.ts';

declare const docspace: DocSpaceClient;
declare const record: BackupRecord;

it('takes a record of the history as it is', () => {
  const input = { backupId: record.id, backupCreatedOn: record.createdOn };
  expectTypeOf(input).toExtend<StartRestoreInput>();
  expectTypeOf(docspace.backup.startRestore(input)).resolves.toEqualTypeOf<Operation<RestoreResult>>();
});

it('takes one source, and what belongs to it', () => {
  expectTypeOf<{ storage: 'documents'; fileId: string }>().toExtend<StartRestoreInput>();
  expectTypeOf<{ storage: 'local'; filePath: string; notify: true }>().toExtend<StartRestoreInput>();
  expectTypeOf<{ storage: 'data-store'; params: { filePath: string; region: string } }>().toExtend<StartRestoreInput>();

  expectTypeOf<{ backupId: string; storage: 'documents'; fileId: string }>().not.toExtend<StartRestoreInput>();
  expectTypeOf<{ storage: 'documents' }>().not.toExtend<StartRestoreInput>();
  expectTypeOf<{ storage: 'local'; fileId: string }>().not.toExtend<StartRestoreInput>();
  expectTypeOf<{ storage: 'data-store'; params: { region: string } }>().not.toExtend<StartRestoreInput>();
  expectTypeOf<{ storage: 'custom-cloud'; params: { filePath: string } }>().not.toExtend<StartRestoreInput>();
  expectTypeOf<{ dump: true }>().not.toExtend<StartRestoreInput>();
});
