import { textOf } from '../protocols/poll-response.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { checkShape, contentOf } from './envelope.ts';
import { ProgressSchema } from './schemas.ts';

/** What the portal tells of its last restore, whoever started it. It keeps telling for up to 24 hours (DS-7). */
export interface RestoreProgress {
  /** A GUID as text. `docspace.attach({ id: taskId })` follows it. */
  readonly taskId?: string;
  /** The end, of success and failure alike; alone it is no success (DS-3). */
  readonly isCompleted: boolean;
  /** 0 to 100; 100 is not the end (DS-5). */
  readonly percent?: number;
  /** Why it failed; absent when fine, and when canceled (DS-3, DS-4). */
  readonly error?: string;
  readonly warning?: string;
  /** Lags, and says 'completed' after failures too; absent on servers up to 3.6 (DS-3, DS-27). */
  readonly status?: 'created' | 'running' | 'completed' | 'canceled' | 'failed';
}

/** By number; the last name is misspelt by the vendor (DS-26). */
const STATUSES = ['created', 'running', 'completed', 'canceled', 'failed'] as const;

/**
 * The record of an answer; undefined where it holds none (DS-6).
 * @throws {UnexpectedResponseError} it is not of the documented shape
 */
export function readProgress(body: unknown): RestoreProgress | undefined {
  const content = contentOf(body);
  if (content === undefined) return undefined;
  const record = checkShape('The progress', ProgressSchema, content);
  const taskId = textOf(record.taskId);
  const percent = toPercent(record.progress);
  const error = textOf(record.error);
  const warning = textOf(record.warning);
  const status = toTaskStatus(record.status);
  return omitUndefined({ taskId, isCompleted: record.isCompleted, percent, error, warning, status });
}

/** GUIDs are compared without regard to case. */
export function isSameTask(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

export function toPercent(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : toStatusCode(value);
  return number !== undefined && number >= 0 && number <= 100 ? number : undefined;
}

function toTaskStatus(value: unknown): RestoreProgress['status'] {
  if (typeof value === 'string' && value.toLowerCase() === 'failted') return 'failed';
  const byName = STATUSES.find((name) => typeof value === 'string' && name === value.toLowerCase());
  return byName ?? STATUSES[toStatusCode(value) ?? -1];
}
