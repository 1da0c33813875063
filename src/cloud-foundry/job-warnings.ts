import type { Poll } from '../client/operation-kind.ts';
import { isFields, textOf } from '../http/error-body.ts';
import type { Warning } from '../operation/status.ts';

/** Warnings are read by people. */
const MOST_WARNINGS = 1_000;

/** The texts of `warnings` of a job, each once. */
export function toJobWarnings(warnings: unknown): readonly string[] {
  if (!Array.isArray(warnings)) return [];
  const texts = warnings
    .slice(0, MOST_WARNINGS)
    .flatMap((warning) => (isFields(warning) ? textOf(warning.detail) : textOf(warning)) ?? []);
  return [...new Set(texts)];
}

/** Keeps what each poll warns of for the polls after it: the Cloud Controller tells some warnings once only. */
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
