import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { checkShape, contentOf, refuseErrorEnvelope } from './envelope.ts';
import { EnvelopeSchema, SettingsSchema } from './schemas.ts';
import { request } from './traits.ts';

/** The portal's settings, as far as a restore is concerned. */
export interface PortalSettings {
  /** 0 active, 1 suspended, 2 to be removed, 3 moving, 4 being restored, 5 migrating, 6 being encrypted. */
  readonly tenantStatus?: number;
}

export const RESTORING = 4;

/** What is known of the portal itself. */
export class Portal {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * Read without credentials; answers during a restore too, when almost everything else is 403 (DS-12).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/settings
   */
  async settings(options: CallOptions = {}): Promise<PortalSettings> {
    const read = this.#system.read(request('get', '/api/2.0/settings'), EnvelopeSchema, {
      ...options,
      anonymous: true,
    });
    return toSettings(this.#system, await read);
  }
}

/** One poll `tenantStatus`; undefined where the portal does not tell it. */
export async function readTenantStatus(system: System, options: CallOptions): Promise<number | undefined> {
  const answer = await system.poll(request('get', '/api/2.0/settings'), {
    ...options,
    anonymous: true,
  });
  return toSettings(system, answer.body).tenantStatus;
}

function toSettings(system: System, body: unknown): PortalSettings {
  refuseErrorEnvelope(body, system.transport.redactor);
  const tenantStatus = toStatusCode(checkShape('The settings', SettingsSchema, contentOf(body)).tenantStatus);
  return tenantStatus === undefined ? {} : { tenantStatus };
}
