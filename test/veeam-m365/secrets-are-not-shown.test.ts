import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../src/client/client-options.ts';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { type MailboxRestore, veeamPassword } from '../../src/veeam-m365/index.ts';
import {
  caught,
  endOf,
  MAILBOX,
  oneSession,
  resultOf,
  SESSION,
  scripted,
  serverWith,
  sessionBody,
  VERSIONS,
} from './support.ts';

const show = (value: unknown) =>
  `${inspect(value, { depth: 8 })}${JSON.stringify(value)}${String((value as Error)?.stack)}`;

describe.each(VERSIONS)('%s: the secrets of a restore', (version) => {
  it('are taken out of an error that quotes the request (VM-30)', async () => {
    const events: ClientEvent[] = [];
    const { open } = serverWith(version, 'secrets-echoed', { onEvent: (event) => events.push(event) });
    const session = await open();

    const error = await caught(
      session.mailboxes.restore(MAILBOX, {
        userName: 'admin',
        userPassword: 'hunter2-hunter2',
        userCode: async () => 'ABCD-EFGH',
      }),
    );

    expect(show(error)).toContain('[redacted]');
    for (const secret of ['hunter2-hunter2', 'ABCD-EFGH']) expect(show([error, events, session])).not.toContain(secret);
  });

  it('are taken out of counters and reconciliations that quote them', async () => {
    const { veeam } = scripted(
      version,
      oneSession({
        session: () => sessionBody(),
        events: [{ id: 'e1', type: 'Restore', status: 'Failed', title: 'Login with hunter2-hunter2 failed' }],
        other: (_, count) =>
          count === 1
            ? Response.json({ failedItemsCount: 1, exceptions: ['hunter2-hunter2 is wrong'] })
            : new Response('hunter2-hunter2', { status: 502 }),
      }),
    );
    const { mailboxes } = veeam.attach({ id: SESSION });
    const login = { userName: 'admin', userPassword: 'hunter2-hunter2' };

    const restored = await endOf(mailboxes.restore(MAILBOX, login));
    const error = await caught(mailboxes.restore(MAILBOX, login));
    if (!StartOutcomeUnknownError.isInstance(error)) throw error;
    const told = await error.reconcile();
    const found = told.outcome === 'started' ? (told.operation as MailboxRestore) : undefined;
    const status = await found?.poll();

    expect(resultOf(restored).errors).toEqual(['[redacted] is wrong']);
    expect(status?.message).toContain('[redacted]');
    expect(show([restored, error, told, status, found?.toJSON()])).not.toContain('hunter2');
  });

  it('of a login that is refused are not shown (VM-25)', async () => {
    const { open } = serverWith(version, 'login-echoed', {
      auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'correct horse' }),
    });

    const text = show(await caught(open()));
    expect(text).toContain('[redacted]');
    expect(text).not.toMatch(/correct.horse/);
  });
});

it('the secrets of an application are kept too', async () => {
  const { open } = serverWith('v6', 'secrets-echoed');
  const session = await open();

  const error = await caught(
    session.mailboxes.restore(MAILBOX, {
      applicationId: 'app-1',
      applicationCertificate: 'MIIJ+quite+a+long+pfx==',
      applicationCertificatePassword: 'open sesame',
      impersonationAccountName: 'admin@abc.onmicrosoft.com',
    }),
  );

  expect(show(error)).toContain('app-1');
  expect(show(error)).not.toMatch(/MIIJ|open sesame/);
});
