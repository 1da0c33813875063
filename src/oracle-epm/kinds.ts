import { copyKind, restoreKind } from './job-kinds.ts';

/** Every kind of operation that the client starts. docs/handles.md shows what their handles hold. */
export const kinds = [restoreKind, copyKind] as const;
