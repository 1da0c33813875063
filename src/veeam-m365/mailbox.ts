import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import type { MailboxSchema } from './schemas.ts';

/** A mailbox in the backup, as a session shows it. */
export interface Mailbox {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly isArchive?: boolean | undefined;
  readonly isPublic?: boolean | undefined;
}

export function toMailbox({ id, name, email, isArchive, isPublic }: z.Output<typeof MailboxSchema>): Mailbox {
  return { id, ...omitEmpty({ name, email, isArchive: toFlag(isArchive), isPublic: toFlag(isPublic) }) };
}

function toFlag(value: unknown): boolean | undefined {
  const word = String(value).toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}
