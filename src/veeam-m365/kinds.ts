import { SessionFactsSchema } from './session-operation.ts';
import { v5Dialect } from './v5-dialect.ts';
import { v6Dialect } from './v6-dialect.ts';

/** Every kind of operation that the clients start. docs/handles.md shows what their handles hold. */
export const kinds = [v5Dialect, v6Dialect].map(({ kind }) => ({ kind, facts: SessionFactsSchema }));
