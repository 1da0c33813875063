import type { MailboxOutcome, MailboxRestore } from './mailbox-restores.ts';
import { truthOf } from './mailbox-restores.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import { organizationName } from './tenant.ts';
import type { RestoreSessionEvent } from './wire.ts';
import { veeamDuration } from './wire-time.ts';

const words = { succeeded: 'Success', partial: 'Warning', failed: 'Failed' } as const;
const BYTES_PER_ITEM = 48_640;

/** What happened in a session: its start, and one event per restored mailbox, whether or not its answer arrived (VM-12). */
export function eventsOf(server: VeeamServer, session: Session): readonly RestoreSessionEvent[] {
  const restores = server.restores.all.filter((restore) => restore.session === session);
  const mailboxes = restores.flatMap((restore) => restore.outcomes.map((outcome) => ({ restore, outcome })));
  return [
    startEvent(server, session),
    ...mailboxes.map(({ restore, outcome }, index) => restoreEvent(server, restore, outcome, index + 1)),
  ];
}

function startEvent(server: VeeamServer, session: Session): RestoreSessionEvent {
  const time = server.timestamp(session.createdAt, server.scenario.eventOffsetMinutes);
  return {
    id: session.startEventId,
    type: 'None',
    status: 'Success',
    title: 'Restore session started',
    message: 'Restore session started',
    order: 0,
    startTime: time,
    endTime: time,
    duration: veeamDuration(0),
    itemSizeBytes: 0,
  };
}

function restoreEvent(
  server: VeeamServer,
  restore: MailboxRestore,
  outcome: MailboxOutcome,
  order: number,
): RestoreSessionEvent {
  const { clock, scenario } = server;
  const { startedAt, endsAt } = restore.truth;
  const { mailbox, target } = outcome.order;
  const isForgotten = restore.isCutShort && scenario.stop?.runningRestores === 'cut-silently';
  const running = isForgotten || clock.now() < endsAt;
  const hasWarnings = (scenario.mailboxRestore?.warnings ?? []).length > 0;
  const ended = restore.isCutShort ? 'Failed' : words[truthOf([outcome])];
  const status = ended === 'Success' && hasWarnings ? 'Warning' : ended;
  return {
    id: outcome.eventId,
    type: 'Restore',
    status: running ? 'Running' : status,
    title: `Restoring mailbox ${mailbox.name}`,
    message: running ? `Restoring mailbox ${mailbox.name}` : `Mailbox ${mailbox.name} restored: ${status}`,
    order,
    startTime: server.timestamp(startedAt, scenario.eventOffsetMinutes),
    endTime: running ? null : server.timestamp(endsAt, scenario.eventOffsetMinutes),
    ...(!running && { duration: veeamDuration(endsAt - startedAt) }),
    itemName: mailbox.name,
    itemType: 'Mailbox',
    itemSizeBytes: restore.isCutShort ? 0 : (outcome.created + outcome.merged) * BYTES_PER_ITEM,
    source: organizationName,
    target: target.email,
  };
}
