import { dialectSinceV6 } from './dialect-since-v6.ts';
import { mailboxRestoreKind } from './mailbox-restore-kind.ts';
import { sessionKind } from './session-kind.ts';
import { v5Dialect } from './v5-dialect.ts';

const dialects = [v5Dialect, dialectSinceV6('v6')];

/** Every kind of operation that the clients start. docs/handles.md shows what their handles hold. */
export const kinds = [...dialects.map(sessionKind), ...dialects.map(mailboxRestoreKind)];
