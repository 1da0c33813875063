import { describe, expect, it } from 'vitest';
import { basicAuth } from '../../src/auth/basic-auth.ts';
import { ConfigurationError } from '../../src/errors/index.ts';
import type { VeeamVersion } from '../../src/testing/veeam-m365/scenario.ts';
import type { ExploreInput, RestoreMailboxesOptions, RestoreMailboxOptions } from '../../src/veeam-m365/index.ts';
import { bearerToken } from '../../src/veeam-m365/index.ts';
import { BASE_URL, CLIENTS, caught, MAILBOX, SESSION, scripted, VERSIONS } from './support.ts';

const silent = (version: VeeamVersion) => scripted(version, () => Response.json({}));
const GOOD = { dateTime: '2026-01-22T14:56:55Z', type: 'vex' } as const;
const field = (error: unknown) => (ConfigurationError.isInstance(error) ? error.field : String(error));

describe.each(VERSIONS)('%s: a start', (version) => {
  it.each<[string, string, Partial<Record<keyof ExploreInput, unknown>> | undefined]>([
    ['a date without a zone (VM-8)', 'dateTime', { dateTime: '2026-01-22 14:56:55.862' }],
    ['a date in the form of the documents', 'dateTime', { dateTime: '2026.01.22 02:56:55' }],
    ['no date', 'dateTime', { dateTime: undefined }],
    ['no valid date', 'dateTime', { dateTime: new Date('never') }],
    ['an unknown type', 'type', { type: 'mailboxes' }],
    ['no type', 'type', { type: undefined }],
    ['a text for a boolean', 'showDeleted', { showDeleted: 'true' }],
    ['a number for a boolean', 'showAllVersions', { showAllVersions: 1 }],
  ])('with %s names %s', async (_, name, wrong) => {
    const { veeam, asked } = silent(version);

    expect(field(await caught(veeam.jobs.explore('job-1', { ...GOOD, ...wrong } as ExploreInput)))).toBe(name);
    expect(asked).toEqual([]);
  });

  it('takes the type in any case (VM-7)', async () => {
    const { veeam } = scripted(version, () => Response.json({ id: SESSION }));

    expect((await veeam.jobs.explore('job-1', { ...GOOD, type: 'Vex' as 'vex' })).type).toBe('vex');
  });

  it.each(['', '..', ' '])("with the id '%s' names it", async (id) => {
    const { veeam, asked } = silent(version);

    expect(field(await caught(veeam.organizations.explore(id, GOOD)))).toBe('organizationId');
    expect(field(await caught(veeam.jobs.explore(id, GOOD)))).toBe('jobId');
    expect(field(await caught(veeam.restoreSessions.get(id)))).toBe('sessionId');
    expect(() => veeam.attach({ id })).toThrow(ConfigurationError);
    expect(asked).toEqual([]);
  });
});

describe.each(VERSIONS)('%s: a restore', (version) => {
  it.each<[string, string, unknown]>([
    ['a choice of items that it does not have', 'changedItems', { changedItems: false }],
    ['a misspelt field', 'username', { username: 'admin' }],
    ['a password without a user', 'userName', { userPassword: 'pa55word' }],
    ['an empty password', 'userPassword', { userName: 'admin', userPassword: '' }],
    ['a password that is none', 'userPassword', { userName: 'admin', userPassword: 5 }],
    ['no address of the target', 'to.mailbox', { to: { folder: 'Back' } }],
    ['a text for a boolean', 'to.deletedItems', { to: { mailbox: 'b@x', deletedItems: 'yes' } }],
    ['a misspelt field of the target', 'to.deleted', { to: { mailbox: 'b@x', deleted: true } }],
  ])('with %s names %s', async (_, name, options) => {
    const { veeam, asked } = silent(version);
    const { mailboxes } = veeam.attach({ id: SESSION });

    expect(field(await caught(mailboxes.restore(MAILBOX, options as RestoreMailboxOptions)))).toBe(name);
    expect(asked).toEqual([]);
  });

  it.each<[string, string, unknown, unknown]>([
    ['no mailboxes', 'mailboxes', [], {}],
    ['a mailbox without an id', 'mailboxes[1].id', [{ id: MAILBOX }, { name: 'A' }], {}],
    ['a target', 'to', [{ id: MAILBOX }], { to: { mailbox: 'b@x' } }],
    ['a text for a boolean', 'skipUnresolved', [{ id: MAILBOX }], { skipUnresolved: 'true' }],
  ])('of several with %s names %s', async (_, name, mailboxes, options) => {
    const { veeam, asked } = silent(version);
    const session = veeam.attach({ id: SESSION });

    const error = await caught(session.mailboxes.restoreMany(mailboxes as [], options as RestoreMailboxesOptions));

    expect(field(error)).toBe(name);
    expect(asked).toEqual([]);
  });

  it('asks for no secret when another field is wrong', async () => {
    let asked = 0;
    const secret = () => {
      asked += 1;
      return 'pa55word';
    };
    const { mailboxes } = silent(version).veeam.attach({ id: SESSION });

    await caught(mailboxes.restore(MAILBOX, { userName: 'admin', userPassword: secret, to: { mailbox: '' } }));

    expect(asked).toBe(0);
  });
});

it('a restore in v5 refuses what only v6 has', async () => {
  const { veeam, asked } = silent('v5');
  const { mailboxes } = veeam.attach({ id: SESSION });

  expect(field(await caught(mailboxes.restore(MAILBOX, { applicationCertificate: 'MII=' })))).toBe(
    'applicationCertificate',
  );
  expect(field(await caught(mailboxes.restoreMany([{ id: MAILBOX }], { userCode: 'ABCD' })))).toBe('userCode');
  expect(asked).toEqual([]);
});

describe('a certificate', () => {
  const impersonationAccountName = 'admin@abc.onmicrosoft.com';
  it.each([
    ['PEM text', '-----BEGIN CERTIFICATE-----\nMIIJ\n-----END CERTIFICATE-----\n', 'PEM text'],
    ['a path', '/etc/certificates/app', 'path'],
    ['a path of Windows', 'C:\\certificates\\app.pfx', 'path'],
    ['a name of a file', 'app.pfx', 'path'],
    ['lines', 'MIIJ\nMIIJ', 'line breaks'],
    ['something else', 'MIIJ-_', 'not base64'],
    ['nothing', '', 'empty'],
  ])('that is %s is refused, with what to do', async (_, applicationCertificate, words) => {
    const { veeam, asked } = silent('v6');
    const { mailboxes } = veeam.attach({ id: SESSION });

    for (const value of [applicationCertificate, () => applicationCertificate]) {
      const options = { applicationCertificate: value, impersonationAccountName };
      const error = await caught(mailboxes.restore(MAILBOX, options));
      expect(field(error)).toBe('applicationCertificate');
      if (typeof value === 'string') expect(String(error)).toContain(words);
    }
    expect(asked).toEqual([]);
  });

  it('goes with the account that it acts for', async () => {
    const { veeam, asked } = silent('v6');
    const { mailboxes } = veeam.attach({ id: SESSION });

    expect(field(await caught(mailboxes.restore(MAILBOX, { applicationCertificate: 'MII=' })))).toBe(
      'impersonationAccountName',
    );
    expect(field(await caught(mailboxes.restore(MAILBOX, { impersonationAccountName })))).toBe(
      'applicationCertificate',
    );
    expect(asked).toEqual([]);
  });

  it('and passwords are neither empty nor end with a line break', async () => {
    const { veeam, asked } = silent('v6');
    const { mailboxes } = veeam.attach({ id: SESSION });

    for (const secret of ['', 'pass\n']) {
      const one = { userName: 'admin', userPassword: secret };
      const several = { onPremisesUserName: 'admin', onPremisesUserPassword: secret };
      expect(field(await caught(mailboxes.restore(MAILBOX, one)))).toBe('userPassword');
      expect(field(await caught(mailboxes.restoreMany([{ id: MAILBOX }], several)))).toBe('onPremisesUserPassword');
    }
    expect(asked).toEqual([]);
  });
});

describe('the options of a client', () => {
  const good = { baseUrl: BASE_URL, auth: bearerToken('a-token-of-somebody') };

  it.each([
    ['auth', { ...good, auth: basicAuth({ username: 'a', password: 'b' }) }],
    ['onEvent', { ...good, onEvent: 'log' }],
    ['baseUrl', { ...good, baseUrl: 'http://vb365.example.com' }],
    ['options', undefined],
  ])('name %s where it is wrong', (name, options) => {
    for (const version of VERSIONS) {
      expect(() => new CLIENTS[version](options as typeof good)).toThrow(expect.objectContaining({ field: name }));
    }
  });

  it('may have the version behind the address, as people paste it', async () => {
    for (const version of VERSIONS) {
      const urls: string[] = [];
      const veeam = new CLIENTS[version]({
        ...good,
        baseUrl: `${BASE_URL}/v6`,
        fetch: async (url: string) => {
          urls.push(url);
          return Response.json([]);
        },
      });
      await veeam.jobs.list().toArray();
      expect(urls).toEqual([`${BASE_URL}/${version}/Jobs`]);
    }
  });

  it('have their events read all the same', async () => {
    const seen: string[] = [];
    const veeam = new CLIENTS.v6({
      ...good,
      fetch: async () => Response.json([]),
      onEvent: ({ type }) => seen.push(type),
    });

    await veeam.jobs.list().toArray();

    expect(seen).toEqual(['request', 'response']);
  });

  it('name the version where the server does not serve it (VM-5)', async () => {
    const { serverWith } = await import('./support.ts');

    await expect(serverWith('v6', 'v5-only').veeam.jobs.list().toArray()).rejects.toThrow(/\/v6\/token answered 404/);
  });
});
