/** What every restore tells at least when it has succeeded. */
export interface RestoreResult {
  /** What time the data is of; absent where that is not known. */
  readonly dataAsOf?: Date;
  /** What the restore has changed for the caller, each in one sentence: credentials and ids that are dead, schedules moved. */
  readonly aftermath: readonly string[];
}
