import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { isMarkedNotStarted, markNotStarted } from '../errors/not-started.ts';
import { explained, isRefusal } from './refusal.ts';
import { RESTORING, readTenantStatus } from './settings.ts';

const NEEDED =
  'It takes the owner or a DocSpace admin; an API key needs the scope `*:write` to start, and `*:read` to read.';
const DEAD = 'Keys, tokens and passwords of before a restore of the portal no longer work.';
const LOCKED = 'The portal is being restored (tenantStatus 4), and lets nobody in until that has ended.';

/** Waits for a call, and explains its refusal. */
export async function withExplainedRefusal<T>(system: System, work: Promise<T>, options: CallOptions): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const told = await explainRefusal(system, error, options);
    throw isMarkedNotStarted(error) ? markNotStarted(told) : told;
  }
}

/** Says what a bare 401 or 403 means. While the portal is being restored, everything is 403 (DS-12, DS-13). */
async function explainRefusal(system: System, error: unknown, options: CallOptions): Promise<unknown> {
  if (!isRefusal(error)) return error;
  if (AuthenticationError.isInstance(error)) return explained(error, DEAD);
  const tenantStatus = await readTenantStatus(system, options).catch(() => undefined);
  return tenantStatus === RESTORING ? explained(error, LOCKED, 'portal-restoring') : explained(error, NEEDED);
}
