import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import type { OrganizationSchema } from './schemas.ts';
import { toBackupTime } from './times.ts';

/** A Microsoft 365 organization that the server knows. Fields are absent where the server does not tell them. */
export interface Organization {
  readonly id: string;
  readonly name?: string;
  readonly officeName?: string;
  /** `Office365`, `OnPremises` or `Hybrid`. */
  readonly type?: string;
  readonly region?: string;
  readonly isExchangeOnline?: boolean;
  readonly isSharePointOnline?: boolean;
  readonly isTeamsOnline?: boolean;
  readonly isBackedUp?: boolean;
  /** A session of an earlier moment opens, and is empty (VM-9). Rounded up to the millisecond. */
  readonly firstBackupTime?: Date;
  /** A session of a later moment shows this one (VM-9). Rounded up to the millisecond. */
  readonly lastBackupTime?: Date;
}

export function toOrganization(wire: z.Output<typeof OrganizationSchema>): Organization {
  const { id, name, officeName, type, region, isExchangeOnline, isSharePointOnline, isTeamsOnline } = wire;
  return {
    id,
    ...omitEmpty({ name, officeName, type, region, isExchangeOnline, isSharePointOnline, isTeamsOnline }),
    ...omitEmpty({
      isBackedUp: wire.isBackedup,
      firstBackupTime: toBackupTime(wire.firstBackuptime),
      lastBackupTime: toBackupTime(wire.lastBackuptime),
    }),
  };
}
