import { backupKind } from './backup-kind.ts';
import { restoreKind } from './restore-kind.ts';

/** Every kind of operation that the client starts. docs/handles.md shows what their handles hold. */
export const kinds = [restoreKind, backupKind] as const;
