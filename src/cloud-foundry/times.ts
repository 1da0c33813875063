/** A time of an answer; undefined where it is absent or unreadable. */
export function toOptionalDate(value: string | null | undefined): Date | undefined {
  const date = value ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

/** The form that the API takes: UTC, whole seconds (CF-12). */
export function toWireTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Whether a time of an answer, which is cut to whole seconds, is not older than `start`. */
export function isSince(time: Date | undefined, start: Date): boolean {
  return time !== undefined && time.getTime() + 1_000 > start.getTime();
}
