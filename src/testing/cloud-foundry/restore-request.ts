import type { Call } from '../route.ts';
import { errorAnswer, unprocessable } from './errors.ts';
import type { Foundation } from './foundation.ts';
import type { CloudFoundryInstance } from './instances.ts';

const FIELDS: readonly string[] = ['backup_id', 'target_timestamp', 'restore_point', 'source_service_instance_guid'];

/** The data that a restore would put into the instance, in words, or the answer to a wrong request. */
export function readSource(call: Call, into: CloudFoundryInstance, foundation: Foundation): string | Response {
  const body = readBody(call);
  if (body instanceof Response) return body;
  const problems = Object.entries(body).flatMap(([name, value]) => {
    if (!FIELDS.includes(name)) return [`Unknown field(s): '${name}'`];
    return typeof value === 'string' ? [] : [`${name} must be a string`];
  });
  if (problems.length > 0) return unprocessable(...problems);

  const { backup_id: backupId, target_timestamp: timestamp, source_service_instance_guid: sourceGuid } = body;
  const owner = sourceGuid === undefined ? into : foundation.find(String(sourceGuid));
  if (!owner) return unprocessable('The source service instance does not exist');
  const of = owner === into ? '' : ` of ${owner.name}`;
  if (timestamp !== undefined) {
    const isStrict = foundation.scenario.strictTimestamps ?? true;
    if (!isTimestamp(String(timestamp), isStrict)) return unprocessable('target_timestamp is not a valid timestamp');
  }
  // It is not documented which fields may be combined; here a backup id wins over a point in time.
  const backups = foundation.backupsOf(owner);
  if (backupId !== undefined) {
    const isKnown = backups.some(({ id }) => id === backupId);
    return isKnown ? `backup ${backupId}${of}` : unprocessable(`Backup '${backupId}' not found`);
  }
  if (timestamp !== undefined) return `point in time ${timestamp}${of}`;
  // What `{}` restores is not documented: the latest backup is assumed (CF-13).
  const latest = backups[0];
  return latest ? `backup ${latest.id}${of}` : unprocessable('The service instance has no backup');
}

function readBody(call: Call): Record<string, unknown> | Response {
  try {
    const body = call.json() ?? {};
    if (typeof body === 'object' && !Array.isArray(body)) return { ...body };
  } catch {
    // Answered below.
  }
  return errorAnswer(400, {
    code: 1001,
    title: 'CF-MessageParseError',
    detail: 'Request invalid due to parse error: invalid request body',
  });
}

function isTimestamp(value: string, isStrict: boolean): boolean {
  if (Number.isNaN(Date.parse(value))) return false;
  return !isStrict || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
}
