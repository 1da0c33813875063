import { asBoolean, asObject, field } from './request-body.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { SessionType } from './sessions.ts';
import { parseVeeamTime } from './wire-time.ts';

export interface ExploreRequest {
  readonly at: number;
  readonly type: SessionType;
  /** Of a restore operator. */
  readonly reason?: string;
}

const types: readonly SessionType[] = ['Vex', 'Vesp', 'Veod', 'Vet'];
/** Fields that only some calls take. */
const MORE = ['scope', 'reason', 'repositoryId'];

/** Reads the input of an explore action; a text where it is refused. */
export function readExplore(server: VeeamServer, version: VeeamVersion, input: unknown): ExploreRequest | string {
  const { strict = false, serverOffsetMinutes = 0 } = server.scenario;
  const body = asObject(input);
  if (!body) return 'The request body is required.';

  const dateName = version === 'v5' ? 'datetime' : 'dateTime';
  const names = [dateName, 'type', 'showDeleted', 'showAllVersions', ...(version === 'v5' ? [] : MORE)];
  const unknown = Object.keys(body).find((name) => !names.includes(name));
  if (strict && unknown !== undefined) return `Unknown property ${unknown}.`;

  for (const name of ['showDeleted', 'showAllVersions']) {
    const value = field(body, name, strict) ?? false;
    const understood = strict ? typeof value === 'boolean' : asBoolean(value) !== undefined;
    if (!understood) return `${name} is not a boolean.`;
  }

  const type = readType(version, field(body, 'type', strict), strict);
  if (!type) return 'Unknown type of restore session.';

  // Not documented; without a date the newest data is shown.
  const date = field(body, dateName, strict) ?? undefined;
  const at = date === undefined ? server.clock.now() : parseVeeamTime(String(date), serverOffsetMinutes);
  const reason = field(body, 'reason', strict);
  return at === undefined
    ? `${String(date)} is not a valid date.`
    : { at, type, ...(typeof reason === 'string' && { reason }) };
}

/** Small letters in the v5 documents, capitalised in the later ones; answers are always capitalised (VM-7). */
function readType(version: VeeamVersion, value: unknown, strict: boolean): SessionType | undefined {
  // Not documented; every field may be left out.
  if (value === undefined || value === null) return 'Vex';
  const type = types.find((one) => one.toLowerCase() === String(value).toLowerCase());
  if (!type || !strict) return type;
  return value === (version === 'v5' ? type.toLowerCase() : type) ? type : undefined;
}
