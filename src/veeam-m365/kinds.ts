import { mailboxRestoreKind } from './mailbox-restore-kind.ts';
import { sessionKind } from './session-kind.ts';
import { v5Dialect } from './v5-dialect.ts';
import { v6Dialect } from './v6-dialect.ts';

const dialects = [v5Dialect, v6Dialect];

/** Every kind of operation that the clients start. docs/handles.md shows what their handles hold. */
export const kinds = [...dialects.map(sessionKind), ...dialects.map(mailboxRestoreKind)];
