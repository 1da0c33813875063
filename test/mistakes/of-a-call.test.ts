import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { basicAuth, OracleEpmClient } from 'restorekit/oracle-epm';
import {
  cloudFoundryEmulator,
  docspaceCredentials,
  docspaceEmulator,
  oracleEpmEmulator,
  veeamM365Emulator,
  virtualClock,
} from 'restorekit/testing';
import { VeeamM365V6Client, veeamPassword } from 'restorekit/veeam-m365';
import { describe, it } from 'vitest';
import { counted, expectHelp, type Mistake, SECRET, untyped } from './mistake.ts';

const BASE = 'https://system.example.org';
const clock = virtualClock();
const INSTANCE = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const NOBODY = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61d';
const BACKUP = '2026-04-23T08:48:06/Environment_Backup';

type Row = readonly [what: string, make: () => unknown, says: RegExp, more?: Partial<Mistake>];

/** Runs the rows; most are ConfigurationErrors that cost no request. */
function mistakes(rows: readonly Row[], counter: { readonly sent: number }): void {
  for (const [what, make, says, more] of rows) {
    it(what, () => expectHelp({ make, is: 'ConfigurationError', says: [says], ...more }, counter));
  }
}

const notFound: Partial<Mistake> = { is: 'NotFoundError', sends: true };

describe('Cloud Foundry', () => {
  const counter = counted(cloudFoundryEmulator({ clock }).fetch);
  const auth = uaaPassword({ username: 'admin', password: 'secret' });
  const cf = new CloudFoundryClient({ baseUrl: BASE, auth, fetch: counter.fetch, clock });
  const restore = (input: object, options?: object) => () =>
    cf.serviceInstances.restore(untyped(input), untyped(options));
  const from = (source: unknown) => restore({ into: INSTANCE, from: source });

  mistakes(
    [
      [
        'into is a name',
        restore({ into: 'orders-db', from: 'server-default' }),
        /Service instance not found.*\n.*Check the id/,
        notFound,
      ],
      [
        'into begins with a space',
        restore({ into: ` ${INSTANCE}`, from: 'server-default' }),
        /Service instance not found.*\n.*Check the id/,
        notFound,
      ],
      [
        'into is an unset variable',
        restore({ into: process.env.RESTOREKIT_NO_SUCH_VARIABLE, from: 'server-default' }),
        /into: .*It is undefined/,
      ],
      [
        'into is the instance',
        restore({ into: { guid: INSTANCE }, from: 'server-default' }),
        /into: .*pass its `guid`/,
      ],
      [
        'into is a promise',
        restore({ into: cf.serviceInstances.find, from: 'server-default' }),
        /into: must be a string/,
      ],
      [
        'from is left out',
        restore({ into: INSTANCE }),
        /from: must be \{ backupId \}, \{ pointInTime \} or 'server-default'/,
      ],
      ['from is a word', from('latest'), /from: must be \{ backupId \}, \{ pointInTime \} or 'server-default'/],
      ['backup_id', from({ backup_id: 'x' }), /backup_id: is not known here. Did you mean 'backupId'/],
      ['nothing in from', from({}), /from: must have `backupId` or `pointInTime`/],
      ['an empty backup', from({ backupId: '' }), /from.backupId: must be a string that is not empty/],
      [
        'a backup that is not awaited',
        from({ backupId: Promise.resolve('x') }),
        /from.backupId: .*It is a Promise: await it first/,
      ],
      ['the backup itself', from({ backupId: { id: 'x' } }), /from.backupId: .*pass its `id`/],
      [
        'a backup that is not there',
        from({ backupId: 'no-such-backup' }),
        /Backup 'no-such-backup' not found.*\n.*Correct what the vendor reports/,
        { is: 'ValidationError', sends: true },
      ],
      [
        'a time without a zone',
        from({ pointInTime: '2026-04-23T08:48:06' }),
        /from.pointInTime: must be a Date or an ISO 8601 text with a zone/,
      ],
      [
        'a time in words',
        from({ pointInTime: 'yesterday' }),
        /from.pointInTime: must be a Date or an ISO 8601 text with a zone/,
      ],
      [
        'a time as number',
        from({ pointInTime: 1_745_398_086 }),
        /from.pointInTime: must be a Date or an ISO 8601 text with a zone/,
      ],
      ['a Date that is none', from({ pointInTime: new Date('x') }), /from.pointInTime: is not a valid date/],
      [
        'the two arguments of an older call',
        () => untyped(cf.serviceInstances).restore(INSTANCE, { backupId: 'x' }),
        /into/,
      ],
      [
        'a note that is a number',
        restore({ into: INSTANCE, from: 'server-default', note: 4711 }),
        /note: must be a text/,
      ],
      [
        'the signal in the first argument',
        restore({ into: INSTANCE, from: 'server-default', signal: undefined }),
        /signal: is not known here/,
      ],
      [
        'the controller as signal',
        restore({ into: INSTANCE, from: 'server-default' }, { signal: new AbortController() }),
        /signal: must be an AbortSignal. Pass `controller.signal`/,
      ],
      [
        'a time limit in words',
        restore({ into: INSTANCE, from: 'server-default' }, { requestTimeoutMs: '5m' }),
        /requestTimeoutMs: must be a number above 0; got 5m/,
      ],
      [
        'find with a text',
        () => cf.serviceInstances.find(untyped('orders-db')),
        /filter: must be an object, such as \{ name/,
      ],
      [
        'find with a wrong name',
        () => cf.serviceInstances.find({ name: 'order-db' }),
        /no service instance order-db .*\n.*Name exactly one/,
        { is: 'SelectionError', sends: true },
      ],
      [
        'find with an empty space',
        () => cf.serviceInstances.find({ name: 'orders-db', space: '' }),
        /space: must be a string that is not empty/,
      ],
      [
        'find with spaceName',
        () => cf.serviceInstances.find(untyped({ name: 'orders-db', spaceName: 'x' })),
        /spaceName: is not known here. Did you mean 'space'/,
      ],
      [
        'a filter in snake case',
        () => cf.serviceInstances.list(untyped({ space_guids: ['x'] })).toArray(),
        /space_guids: is not known here. Did you mean 'spaceGuids'/,
      ],
      [
        'an empty filter',
        () => cf.serviceInstances.list({ names: [] }).toArray(),
        /names: must be a list of at least one text; leave it out/,
      ],
      ['the backups of nothing', () => untyped(cf.backups).latest(), /instanceGuid: .*It is undefined/],
      ['a job that is not there', () => cf.jobs.get(NOBODY), /Job not found.*\n.*Check the id/, notFound],
      ['attach with a text', () => untyped(cf).attach(NOBODY), /id: must be a string/],
      ['a path without a slash', () => cf.request({ method: 'GET', path: 'v3/info' }), /path: must begin with a slash/],
      [
        'a path to another server',
        () => cf.request({ method: 'GET', path: 'https://evil.example.org/' }),
        /path: must begin with a slash and stay below/,
      ],
      [
        'a start by request()',
        () => cf.request(untyped({ method: 'POST', path: '/v3/x', mode: 'start' })),
        /mode: .*use the client's own methods/,
      ],
    ],
    counter,
  );
});

describe('Oracle EPM Cloud', () => {
  const counter = counted(oracleEpmEmulator({ clock }).fetch);
  const epm = new OracleEpmClient({
    baseUrl: BASE,
    auth: basicAuth({ username: 'admin', password: 'secret' }),
    fetch: counter.fetch,
    clock,
  });
  const restore = (input?: unknown) => () => epm.environment.restore(untyped(input));

  mistakes(
    [
      ['nothing', restore(), /input: must be an object, such as \{ backupName \}/],
      ['a text', restore(BACKUP), /input: must be an object, such as \{ backupName \}/],
      ['backup_name', restore({ backup_name: BACKUP }), /backup_name: is not known here. Did you mean 'backupName'/],
      ['an empty name', restore({ backupName: '' }), /backupName: must be a string that is not empty/],
      ['the backup itself', restore({ backupName: { id: BACKUP } }), /backupName: .*pass its `id`/],
      [
        'a snapshot',
        restore({ backupName: 'Artifact_Snapshot' }),
        /backupName: 'Artifact_Snapshot' is not an environment backup.*backups\.copy\(\)/,
      ],
      [
        'a flag as text',
        restore({ backupName: BACKUP, usersAndPreDefinedRoles: 'true' }),
        /usersAndPreDefinedRoles: must be true or false/,
      ],
      [
        'a time as flag',
        restore({ backupName: BACKUP, dailyMaintenanceStartTime: '03:00' }),
        /dailyMaintenanceStartTime: must be true or false/,
      ],
      [
        'a wrong kind of backup',
        () => epm.backups.latest(untyped({ kind: 'backup' })),
        /kind: must be one of 'environment-backup'/,
      ],
      [
        'attach with a number',
        () => epm.attach(untyped({ id: 1_776_935_926_050 })),
        /id: .*It is a number: pass it as text/,
      ],
    ],
    counter,
  );
});

describe('ONLYOFFICE DocSpace', () => {
  const counter = counted(docspaceEmulator({ clock }).fetch);
  const docspace = new DocSpaceClient({
    baseUrl: BASE,
    auth: docspaceApiKey(docspaceCredentials.apiKey),
    fetch: counter.fetch,
    clock,
  });
  const restore = (input?: unknown) => () => docspace.portal.restore(untyped(input));

  mistakes(
    [
      ['nothing', restore(), /input: must be \{ backupId \} or \{ storage, \.\.\. \}/],
      ['backup_id', restore({ backup_id: NOBODY }), /backup_id: is not known here. Did you mean 'backupId'/],
      [
        'the name of a file',
        restore({ backupId: 'backup.tar.gz' }),
        /backupId: must be a GUID from the backup history; for a file, use `storage`/,
      ],
      ['an unset variable', restore({ backupId: process.env.RESTOREKIT_NO_SUCH_VARIABLE }), /backupId: is required/],
      [
        'a backup that is not there',
        restore({ backupId: NOBODY }),
        /Unable to find the specified file.*\n.*Check the id/,
        notFound,
      ],
      ['a storage that there is not', restore({ storage: 's3', fileId: '1' }), /storage: must be one of documents/],
      ['a storage without its file', restore({ storage: 'documents' }), /fileId: .*It is undefined/],
      [
        'a backup and a storage',
        restore({ backupId: NOBODY, storage: 'documents', fileId: '1' }),
        /backupId: cannot be used together with `storage`/,
      ],
      ['notify in words', restore({ backupId: NOBODY, notify: 'yes' }), /notify: must be true or false/],
    ],
    counter,
  );
});

describe('Veeam Backup for Microsoft 365', async () => {
  const emulator = veeamM365Emulator({ clock });
  const counter = counted(emulator.fetch);
  const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
  const veeam = new VeeamM365V6Client({ baseUrl: BASE, auth, fetch: counter.fetch, clock });
  const now = new Date(clock.now());
  const explore = (id: unknown, input?: unknown) => () => veeam.organizations.explore(untyped(id), untyped(input));
  const ours = emulator.organizationId;
  const session = await veeam.organizations.explore(ours, { dateTime: now, type: 'exchange' });

  mistakes(
    [
      [
        'an organization by its name',
        explore('abc.onmicrosoft.com', { dateTime: now, type: 'exchange' }),
        /organization was not found.*\n.*Check the id/,
        notFound,
      ],
      [
        'an organization that is not set',
        explore(undefined, { dateTime: now, type: 'exchange' }),
        /organizationId: .*It is undefined/,
      ],
      ['no options', explore(ours), /dateTime: must be a Date or an ISO 8601 text/],
      [
        'datetime',
        explore(ours, { datetime: now, type: 'exchange' }),
        /dateTime: must be a Date or an ISO 8601 text with a zone/,
      ],
      [
        'a time without a zone',
        explore(ours, { dateTime: '2026-04-23 08:00', type: 'exchange' }),
        /dateTime: must be a Date or an ISO 8601 text with a zone/,
      ],
      ['no type', explore(ours, { dateTime: now }), /type: must be 'exchange' \(or 'vex'\)/],
      [
        'a type in other words',
        explore(ours, { dateTime: now, type: 'mail' }),
        /type: must be 'exchange' \(or 'vex'\)/,
      ],
      ['a job by a text', () => veeam.jobs.find(untyped('Backup1')), /filter: must be an object, such as \{ name \}/],
      [
        'a job in other letters',
        () => veeam.jobs.find({ name: 'backup' }),
        /no job with the name backup.*\n.*Name exactly one/,
        { is: 'SelectionError', sends: true },
      ],
      [
        'restore points of nothing',
        () => untyped(veeam.restorePoints).latest(),
        /filter: must name an `organizationId` or a `jobId`/,
      ],
      [
        'a mailbox by its address',
        () => session.mailboxes.restore('user1@abc.onmicrosoft.com', {}),
        /mailbox was not found.*\n.*Check the id/,
        notFound,
      ],
      ['a mailbox by a text', () => session.mailboxes.find(untyped('user1')), /must be an object with email/],
      [
        'a mailbox that is not there',
        () => session.mailboxes.find({ email: 'nobody@example.org' }),
        /no mailbox with the address nobody@example.org.*\n.*Name exactly one/,
        { is: 'SelectionError', sends: true },
      ],
      [
        'user_name',
        () => session.mailboxes.restore(NOBODY, untyped({ user_name: 'a', userPassword: SECRET })),
        /user_name: is not an option of this restore/,
      ],
      [
        'a password without a name',
        () => session.mailboxes.restore(NOBODY, { userPassword: SECRET }),
        /userName: must be given together with userPassword/,
      ],
    ],
    counter,
  );
});
