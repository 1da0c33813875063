import {
  cloneKind,
  copyKind,
  copySnapshotKind,
  exportKind,
  fromStorageKind,
  importKind,
  maintenanceKind,
  recreateKind,
  restoreKind,
  toStorageKind,
  uploadKind,
} from './job-kinds.ts';

/** Every kind of operation that the client starts. docs/handles.md shows what their handles hold. */
export const kinds = [
  restoreKind,
  copyKind,
  exportKind,
  importKind,
  copySnapshotKind,
  recreateKind,
  cloneKind,
  maintenanceKind,
  toStorageKind,
  fromStorageKind,
  uploadKind,
] as const;
