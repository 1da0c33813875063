import type { OperationKind } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { JobFacts } from './facts.ts';
import { backupKind, restoreKind } from './job-kinds.ts';

/** Every kind of operation that the client starts. docs/handles.md shows what their handles hold. */
export const kinds: readonly OperationKind<JobFacts, RestoreResult>[] = [restoreKind, backupKind];
