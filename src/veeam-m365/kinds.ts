import { API_VERSIONS } from './api-version.ts';
import { dialectOf } from './dialects.ts';
import { restoreKind } from './mailbox-restore-kind.ts';
import { sessionKind } from './session-kind.ts';
import { WORKLOADS } from './workload.ts';

const dialects = API_VERSIONS.map(dialectOf);

/** Every kind of operation that the clients start. docs/handles.md shows what their handles hold. */
export const kinds = [
  ...dialects.map((dialect) => sessionKind(dialect)),
  ...dialects.flatMap((dialect) => WORKLOADS.map((workload) => restoreKind(dialect, workload))),
];
