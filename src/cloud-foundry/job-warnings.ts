import type { Poll } from '../client/operation-kind.ts';
import { isFields, textOf } from '../http/error-body.ts';
import type { Warning } from '../operation/status.ts';

/** People read the warnings, so more would not help. */
const MOST_WARNINGS = 1_000;

/** The different texts in `warnings` of a job. */
export function toJobWarnings(warnings: unknown): readonly string[] {
  if (!Array.isArray(warnings)) return [];
  const texts = warnings
    .slice(0, MOST_WARNINGS)
    .flatMap((warning) => (isFields(warning) ? textOf(warning.detail) : textOf(warning)) ?? []);
  return [...new Set(texts)];
}

/** Adds the warnings of earlier polls to each poll, because the Cloud Controller sends some warnings only once. */
export function collectWarnings<Result>(poll: Poll<Result>, ofTheStart: readonly string[]): Poll<Result> {
  const collected = new Map<string, Warning>(ofTheStart.map((message) => [message, { message }]));
  return async (options) => {
    const status = await poll(options);
    for (const warning of status.warnings ?? []) {
      if (collected.size < MOST_WARNINGS && !collected.has(warning.message)) collected.set(warning.message, warning);
    }
    return collected.size === 0 ? status : { ...status, warnings: [...collected.values()] };
  };
}
