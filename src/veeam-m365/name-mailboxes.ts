import { omitEmpty } from '../values/omit-empty.ts';
import type { NamedMailbox, RestoreFacts } from './restore-facts.ts';
import { MailboxSchema } from './schemas.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * Adds the names of the mailboxes, which identify the events of a restore. A single mailbox is read from the session. If
 * that fails, its events are identified by their time only.
 */
export async function nameMailboxes(
  system: VeeamSystem,
  { sessionId, mailboxes }: Pick<RestoreFacts, 'sessionId' | 'mailboxes'>,
  options: { readonly signal?: AbortSignal | undefined },
): Promise<readonly NamedMailbox[]> {
  const [only] = mailboxes;
  if (only === undefined || mailboxes.length > 1) return mailboxes;
  try {
    const answer = await system.transport.send(system.dialect.getMailbox(sessionId, only.id), {
      mode: 'poll',
      signal: options.signal,
    });
    const { id, name, email } = system.parse(MailboxSchema, answer);
    return id.toLowerCase() === only.id.toLowerCase() ? [toNamed(system, { id: only.id, name, email })] : mailboxes;
  } catch {
    options.signal?.throwIfAborted();
    return mailboxes;
  }
}

/** A mailbox for a handle. A text that contains a secret is left out. */
export function toNamed(
  { transport }: VeeamSystem,
  mailbox: {
    readonly id: string;
    readonly name?: string | null | undefined;
    readonly email?: string | null | undefined;
  },
): NamedMailbox {
  const safe = (text: string | null | undefined) =>
    text !== null && text !== undefined && !transport.redactor.containsSecret(text) ? text : undefined;
  return { id: mailbox.id, ...omitEmpty({ name: safe(mailbox.name), email: safe(mailbox.email) }) };
}
