import type { Call } from '../route.ts';
import { errorAnswer } from './answers.ts';
import type { RestoreFlags } from './steps.ts';

export interface StartRequest {
  readonly backupName: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Reads the body of a POST, or returns the answer to a wrong one. */
export function readStartRequest(call: Call): StartRequest | Response {
  // Not documented for these calls; Planning jobs answer so (OE-29).
  if (!/^application\/json\b/i.test(call.request.headers.get('content-type') ?? '')) {
    return new Response(null, { status: 415 });
  }
  const body = parse(call);
  if (!isRecord(body)) return errorAnswer(400, 'The request body is not a JSON object');
  const { backupName, parameters } = body;
  if (typeof backupName !== 'string' || backupName === '') return errorAnswer(400, 'backupName is missing');
  // Flags next to backupName, where the parameter table shows them, are ignored: defaults apply (OE-14).
  return { backupName, parameters: isRecord(parameters) ? parameters : {} };
}

/** The flags of a restore with the documented defaults, or the answer to a wrong value. */
export function readFlags(parameters: StartRequest['parameters'], isStrict: boolean): RestoreFlags | Response {
  const unreadable: string[] = [];
  const flag = (name: keyof RestoreFlags, byDefault: boolean): boolean => {
    const value = parameters[name] ?? byDefault;
    const text = isStrict ? String(value) : String(value).toLowerCase();
    if (text !== 'true' && text !== 'false') unreadable.push(name);
    return text === 'true';
  };
  const flags: RestoreFlags = {
    usersAndPreDefinedRoles: flag('usersAndPreDefinedRoles', false),
    // True by default: leaving it out moves the maintenance schedule (OE-13).
    dailyMaintenanceStartTime: flag('dailyMaintenanceStartTime', true),
    storedSnapshotsAndFiles: flag('storedSnapshotsAndFiles', false),
  };
  return unreadable.length > 0 ? errorAnswer(400, `Invalid value of ${unreadable.join(', ')}`) : flags;
}

function parse(call: Call): unknown {
  try {
    return call.json();
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
