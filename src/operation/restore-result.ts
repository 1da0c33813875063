/** The result of a restore. Some systems add fields. */
export interface RestoreResult {
  /** The time of the restored data; absent if it is not known. */
  readonly dataAsOf?: Date;
  /**
   * What the restore has changed for the caller, one sentence each: credentials and ids that are no longer valid, moved
   * schedules.
   */
  readonly aftermath: readonly string[];
}
