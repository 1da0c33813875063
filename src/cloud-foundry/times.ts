/** A time of an answer; undefined where it is absent or unreadable. */
export function toOptionalDate(value: string | null | undefined): Date | undefined {
  const date = value ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

/** The form that the API takes: UTC, whole seconds (CF-12). */
export function toWireTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
