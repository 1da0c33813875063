import {
  type Auth,
  basicAuth,
  bearerToken,
  docspaceApiKey,
  uaaClientCredentials,
  uaaPassword,
  veeamPassword,
} from 'restorekit';
import { Fields } from './fields.ts';
import { UsageError } from './options.ts';
import { refuseSecrets } from './secrets.ts';
import type { SystemName, Target } from './targets.ts';

type Env = Readonly<Record<string, string | undefined>>;

const SYSTEMS: readonly SystemName[] = [
  'oracle-epm',
  'cloud-foundry',
  'veeam-m365-v5',
  'veeam-m365-v6',
  'veeam-m365-v7',
  'veeam-m365-v8',
  'docspace',
];

/**
 * Reads a file of targets. Sends nothing.
 * @throws {UsageError} names the wrong field, without its value if that may be a secret
 */
export function readTargets(text: string, env: Env): readonly Target[] {
  const document = parseJson(text);
  refuseSecrets(document);
  const file = new Fields(document, '', env);
  const targets = file.list('targets').map(readTarget);
  file.done();
  if (targets.length === 0) throw new UsageError('targets: is empty; there is nothing to restore.');
  return targets;
}

function readTarget(fields: Fields): Target {
  const system = fields.oneOf('system', SYSTEMS);
  const base = {
    label: fields.optionalText('label') ?? system,
    baseUrl: fields.text('baseUrl'),
    auth: readAuth(system, fields.object('auth')),
  };
  const restore = fields.object('restore');
  const target = { system, ...base, restore: readRestore(system, restore) } as Target;
  restore.done();
  fields.done();
  return target;
}

function readAuth(system: SystemName, fields: Fields): Auth {
  const auth = fields.has('tokenFromEnv') ? bearerToken(fields.secret('token')) : ownAuth(system, fields);
  fields.done();
  return auth;
}

function ownAuth(system: SystemName, fields: Fields): Auth {
  if (system === 'docspace') return docspaceApiKey(fields.secret('apiKey'));
  if (system === 'cloud-foundry' && fields.has('clientSecretFromEnv')) {
    return uaaClientCredentials({ clientId: fields.text('clientId'), clientSecret: fields.secret('clientSecret') });
  }
  const login = { username: fields.text('username'), password: fields.secret('password') };
  switch (system) {
    case 'oracle-epm':
      return basicAuth(login);
    case 'cloud-foundry':
      return uaaPassword(login);
    case 'veeam-m365-v5':
    case 'veeam-m365-v6':
    case 'veeam-m365-v7':
    case 'veeam-m365-v8':
      return veeamPassword(login);
  }
}

function readRestore(system: SystemName, fields: Fields): Target['restore'] {
  const note = fields.optionalText('note');
  const common = note === undefined ? {} : { note };
  switch (system) {
    case 'oracle-epm':
      return {
        ...common,
        backupName: fields.text('backupName'),
        ...fields.flags(['usersAndPreDefinedRoles', 'dailyMaintenanceStartTime', 'storedSnapshotsAndFiles']),
      };
    case 'cloud-foundry':
      return { ...common, into: fields.text('into'), from: readSource(fields.object('from')) };
    case 'veeam-m365-v5':
    case 'veeam-m365-v6':
    case 'veeam-m365-v7':
    case 'veeam-m365-v8':
      return readMailboxRestore(fields);
    case 'docspace':
      return { ...common, backupId: fields.text('backupId'), ...fields.flags(['notify', 'dump']) };
  }
}

function readSource(fields: Fields) {
  const owner = fields.optionalText('serviceInstanceGuid');
  const common = owner === undefined ? {} : { serviceInstanceGuid: owner };
  const source = fields.has('pointInTime')
    ? { ...common, pointInTime: fields.text('pointInTime') }
    : { ...common, backupId: fields.text('backupId') };
  fields.done();
  return source;
}

function readMailboxRestore(fields: Fields) {
  const scope = fields.has('jobId')
    ? { jobId: fields.text('jobId') }
    : { organizationId: fields.text('organizationId') };
  const restore = { scope, dateTime: fields.text('dateTime'), mailbox: fields.text('mailbox') };
  if (!fields.has('exchange')) return restore;
  const login = fields.object('exchange');
  const exchange = { userName: login.text('userName'), userPassword: login.secret('userPassword') };
  login.done();
  return { ...restore, exchange };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The message of the parser may quote the file, so only the position is used.
    const place = /position \d+( \(line \d+ column \d+\))?/.exec(error instanceof Error ? error.message : '')?.[0];
    throw new UsageError(`The file is no JSON${place === undefined ? '' : `, at ${place}`}.`);
  }
}
