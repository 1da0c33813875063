import { describe, expect, it } from 'vitest';
import { ConflictError, ServerError } from '../../src/errors/index.ts';
import { caught, MAILBOX, oneSession, SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

describe.each(VERSIONS)('%s: below a session that has stopped', (version) => {
  it('a read says that it has stopped, not that the server is broken (VM-16)', async () => {
    const { open } = serverWith(version);
    const session = await open();
    await session.stop();

    for (const read of [session.mailboxes.list().toArray(), session.mailboxes.get(MAILBOX)]) {
      const error = await caught(read);
      expect(error).toBeInstanceOf(ConflictError);
      expect(error).toMatchObject({ status: 500, isRetryable: false, message: expect.stringContaining('has stopped') });
    }
  });

  it('a restore is refused and not sent after the session has expired (VM-17)', async () => {
    const { clock, open, restores } = serverWith(version, 'expires-when-idle');
    const session = await open();
    await clock.sleep(601_000);

    expect(await caught(session.mailboxes.restore(MAILBOX))).toBeInstanceOf(ConflictError);
    expect(restores()).toEqual([]);
  });
});

const broken = () => Response.json({ message: 'Object reference not set.' }, { status: 500 });

it('a 500 below a session that lives is an error of the server', async () => {
  const { veeam } = scripted('v6', oneSession({ session: () => sessionBody(), other: broken }));

  const error = await caught(veeam.attach({ id: SESSION }).mailboxes.get(MAILBOX));

  expect(error).toBeInstanceOf(ServerError);
  expect(error).not.toBeInstanceOf(ConflictError);
});

it('a 500 stays what it is where the session cannot be seen', async () => {
  const { veeam } = scripted('v6', oneSession({ session: broken, other: broken }));

  expect(await caught(veeam.attach({ id: SESSION }).mailboxes.get(MAILBOX))).toBeInstanceOf(ServerError);
});
