import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { isMarkedNotStarted, markNotStarted } from '../errors/not-started.ts';
import { explained, isRefusal } from './refusal.ts';
import { RESTORING, readTenantStatus } from './settings.ts';

const NEEDED =
  'Only the owner or a DocSpace admin may do this. An API key needs the scope `*:write` to start, and `*:read` to read.';
const DEAD = 'Keys, tokens and passwords from before a restore of the portal no longer work.';
export const LOCKED = 'The portal is being restored (tenantStatus 4) and refuses all calls until that has ended.';

/** Waits for a call and explains its refusal. */
export async function withExplainedRefusal<T>(system: System, work: Promise<T>, options: CallOptions): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const told = await explainRefusal(system, error, options);
    throw isMarkedNotStarted(error) ? markNotStarted(told) : told;
  }
}

/**
 * Explains a 401 or 403 without a body. While the portal is being restored, all calls are answered 403 (DS-12, DS-13).
 */
export async function explainRefusal(system: System, error: unknown, options: CallOptions): Promise<unknown> {
  if (!isRefusal(error)) return error;
  if (AuthenticationError.isInstance(error)) return explained(error, DEAD);
  const tenantStatus = await readTenantStatus(system, options).catch(() => undefined);
  return tenantStatus === RESTORING ? explained(error, LOCKED, 'portal-restoring') : explained(error, NEEDED);
}
