import { expectTypeOf, it } from 'vitest';
import type { BackupRecord, DocSpaceClient, RestorePortalInput } from '../../src/docspace/index.ts';
import type { Operation, RestoreResult } from '../../src/operation/index.ts';

declare const docspace: DocSpaceClient;
declare const record: BackupRecord;

it('takes a record of the list as it is', () => {
  const input = { backupId: record.id, backupCreatedAt: record.createdAt };
  expectTypeOf(input).toExtend<RestorePortalInput>();
  expectTypeOf(docspace.portal.restore(input)).resolves.toEqualTypeOf<Operation<RestoreResult>>();
});

it('takes one source, and what belongs to it', () => {
  expectTypeOf<{ storage: 'documents'; fileId: string }>().toExtend<RestorePortalInput>();
  expectTypeOf<{ storage: 'local'; filePath: string; notify: true }>().toExtend<RestorePortalInput>();
  expectTypeOf<{
    storage: 'data-store';
    params: { filePath: string; region: string };
  }>().toExtend<RestorePortalInput>();

  expectTypeOf<{ backupId: string; storage: 'documents'; fileId: string }>().not.toExtend<RestorePortalInput>();
  expectTypeOf<{ storage: 'documents' }>().not.toExtend<RestorePortalInput>();
  expectTypeOf<{ storage: 'local'; fileId: string }>().not.toExtend<RestorePortalInput>();
  expectTypeOf<{ storage: 'data-store'; params: { region: string } }>().not.toExtend<RestorePortalInput>();
  expectTypeOf<{
    storage: 'third-party-consumer';
    params: { filePath: string };
  }>().not.toExtend<RestorePortalInput>();
  expectTypeOf<{
    storage: 'third-party-consumer';
    params: { module: 'S3'; filePath: string };
  }>().toExtend<RestorePortalInput>();
  expectTypeOf<{ storage: 'custom-cloud'; params: { filePath: string } }>().not.toExtend<RestorePortalInput>();
  expectTypeOf<{ dump: true }>().not.toExtend<RestorePortalInput>();
});
