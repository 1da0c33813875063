import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { checkShape, contentOf, refuseErrorEnvelope } from './envelope.ts';
import { EnvelopeSchema, SettingsSchema } from './schemas.ts';
import { request } from './traits.ts';

/** The settings of the portal that concern a restore. */
export interface PortalSettings {
  /** 0 active, 1 suspended, 2 to be removed, 3 moving, 4 being restored, 5 migrating, 6 being encrypted. */
  readonly tenantStatus?: number;
}

export const ACTIVE = 0;
export const RESTORING = 4;

const SETTINGS = request('get', '/api/2.0/settings');

/** Reads the settings without credentials. The request is repeated after a temporary failure. */
export async function readSettings(system: System, options: CallOptions): Promise<PortalSettings> {
  return toSettings(system, await system.read(SETTINGS, EnvelopeSchema, { ...options, anonymous: true }));
}

/** Reads `tenantStatus` once; undefined if the portal does not send it. */
export async function readTenantStatus(system: System, options: CallOptions): Promise<number | undefined> {
  const answer = await system.poll(SETTINGS, { ...options, anonymous: true });
  return toSettings(system, answer.body).tenantStatus;
}

function toSettings(system: System, body: unknown): PortalSettings {
  refuseErrorEnvelope(body, system.transport.redactor);
  const tenantStatus = toStatusCode(checkShape('The settings', SettingsSchema, contentOf(body)).tenantStatus);
  return tenantStatus === undefined ? {} : { tenantStatus };
}
