import { type Answer, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { exportMailbox } from './content-actions.ts';
import { type Handle, inside } from './inside.ts';
import { type Linker, linker } from './links.ts';
import { pageAnswer } from './paging.ts';
import { readAction } from './request-body.ts';
import { restoreMailbox, restoreMailboxes } from './restore-calls.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import { type LiveMailbox, organizationId, organizationName } from './tenant.ts';
import type { Mailbox } from './wire.ts';

/** Below a session: what it shows, and the calls that bring data back. */
export function mailboxRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const base = `/${version}/RestoreSessions/{restoreSessionId}/organization`;
  const route = (method: 'GET' | 'POST', operationId: string, path: string, handle: Handle): Route => ({
    operationId,
    method,
    path: base + path,
    anyCase: true,
    role: 'other',
    handle: (call) => inside(server, call, handle),
  });
  const restore = (operationId: string, path: string, handle: Handle) =>
    route('POST', operationId, path, (call, session) => server.echo(call, 'restore') ?? handle(call, session));

  const one: Handle = (call, session) =>
    version === 'v5' && readAction(call)?.name.toLowerCase() === 'exporttopst'
      ? exportMailbox(server, version, call, session)
      : restoreMailbox(server, version, call, session);
  const several: Handle = (call, session) => restoreMailboxes(server, version, call, session);
  return [
    {
      ...route('GET', 'getRestoreSessionOrganization', '', (call, session) => {
        const link = linker(version, call.url, server.scenario);
        const self = { href: link(`/RestoreSessions/${session.id}/organization`) };
        return jsonAnswer({ id: organizationId, name: organizationName, type: 'Office365', _links: { self } });
      }),
      beyondSpec: 'The parent of the mailboxes; a probe by hand starts here, and no restore needs it.',
    },
    route('GET', 'listMailboxes', '/mailboxes', (call, session) =>
      browse(server, call, () => list(server, version, call, session)),
    ),
    route('GET', 'getMailbox', '/mailboxes/{mailboxId}', (call, session) => {
      const mailbox = server.mailboxesOf(session).find(({ id }) => id === call.params.mailboxId?.toLowerCase());
      if (!mailbox) return server.notFound('mailbox');
      return jsonAnswer(mailboxBody(session, mailbox, linker(version, call.url, server.scenario)));
    }),
    ...(version === 'v5'
      ? [
          restore('restoreMailboxes', '/mailboxes/action', several),
          restore('restoreMailbox', '/mailboxes/{mailboxId}/action', one),
        ]
      : [
          restore('restoreMailboxes', '/mailboxes/restore', several),
          restore('restoreMailbox', '/mailboxes/{mailboxId}/restore', one),
          restore('restoreMailboxTo', '/mailboxes/{mailboxId}/restoreTo', one),
        ]),
  ];
}

/** A call that browses the session: in large organizations one page takes 45 s and more. */
async function browse(server: VeeamServer, call: Call, toAnswer: () => Answer): Promise<Answer> {
  const { browsingMs = 0 } = server.scenario;
  if (browsingMs > 0) await server.clock.sleep(browsingMs, call.request.signal);
  return toAnswer();
}

function list(server: VeeamServer, version: VeeamVersion, call: Call, session: Session): Answer {
  const link = linker(version, call.url, server.scenario);
  return pageAnswer(server, version, call, {
    path: `/RestoreSessions/${session.id}/organization/mailboxes`,
    items: server.mailboxesOf(session),
    toBody: (mailbox) => mailboxBody(session, mailbox, link),
  });
}

function mailboxBody(session: Session, { id, name, email }: LiveMailbox, link: Linker) {
  return {
    id,
    name,
    email,
    isArchive: false,
    isPublic: false,
    _links: { self: { href: link(`/RestoreSessions/${session.id}/organization/mailboxes/${id}`) } },
  } satisfies Mailbox;
}
