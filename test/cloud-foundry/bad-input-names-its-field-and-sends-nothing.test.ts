import { expect, it } from 'vitest';
import { CloudFoundryClient, uaaPassword } from '../../src/cloud-foundry/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, BASE, foundation, ORDERS } from './support.ts';

type Call = (cf: CloudFoundryClient) => unknown;
/** What somebody without types passes. */
const any = (value: unknown) => value as never;

const restore =
  (more: object, options?: object): Call =>
  (cf) =>
    cf.serviceInstances.restore(any({ into: ORDERS, from: { backupId: BACKUP }, ...more }), any(options));

const calls: readonly (readonly [field: string, what: string, call: Call])[] = [
  ['into', 'restore without an argument', (cf) => cf.serviceInstances.restore(any(undefined))],
  ['into', 'restore of null', (cf) => cf.serviceInstances.restore(any(null))],
  ['into', 'restore into nothing', restore({ into: '' })],
  ['into', 'restore into a path', restore({ into: '..' })],
  ['into', 'restore into an instance', restore({ into: { guid: ORDERS } })],
  ['target', 'restore with an unknown field', restore({ target: ORDERS })],
  ['note', 'restore with a note that is no text', restore({ note: 5 })],
  ['from', 'restore without a source', restore({ from: undefined })],
  ['from', 'restore from null', restore({ from: null })],
  ['from', 'restore from a text that is no source', restore({ from: 'latest' })],
  ['from', 'restore from an empty source', restore({ from: {} })],
  ['from', 'restore from an owner alone', restore({ from: { serviceInstanceGuid: ORDERS } })],
  ['from', 'restore from a list', restore({ from: [] })],
  ['backup', 'restore with an unknown field of the source', restore({ from: { backup: BACKUP } })],
  ['from.backupId', 'restore from a backup without a name', restore({ from: { backupId: ' ' } })],
  ['from.backupId', 'restore from a backup object', restore({ from: { backupId: { id: BACKUP } } })],
  ['from.restorePoint', 'restore with an empty kind', restore({ from: { backupId: BACKUP, restorePoint: '' } })],
  [
    'from.serviceInstanceGuid',
    'restore of an empty owner',
    restore({ from: { backupId: BACKUP, serviceInstanceGuid: '' } }),
  ],
  ['from.pointInTime', 'restore to a time without a zone', restore({ from: { pointInTime: '2026-04-23T08:48:06' } })],
  ['from.pointInTime', 'restore to a date alone', restore({ from: { pointInTime: '2026-04-23' } })],
  ['from.pointInTime', 'restore to an invalid date', restore({ from: { pointInTime: new Date(Number.NaN) } })],
  ['from.pointInTime', 'restore to a number', restore({ from: { pointInTime: 1_776_934_086 } })],
  [
    'from.createdAt',
    'restore with a time of no backup',
    restore({ from: { pointInTime: new Date(0), createdAt: new Date(0) } }),
  ],
  [
    'from.createdAt',
    'restore with a wrong time of a backup',
    restore({ from: { backupId: BACKUP, createdAt: 'today' } }),
  ],
  ['timeoutMs', 'restore with an unknown option', restore({}, { timeoutMs: 5 })],
  ['requestTimeoutMs', 'restore with a timeout of 0', restore({}, { requestTimeoutMs: 0 })],
  ['options', 'restore with null for options', restore({}, any(null))],
  ['instanceGuid', 'backups of nothing', (cf) => cf.backups.list('')],
  ['instanceGuid', 'backups of an object', (cf) => cf.backups.list(any({ guid: ORDERS }))],
  ['limit', 'backups, at most 0', (cf) => cf.backups.list(ORDERS, { limit: 0 })],
  ['limit', 'backups, at most a text', (cf) => cf.backups.list(ORDERS, any({ limit: '5' }))],
  ['max', 'backups with an unknown option', (cf) => cf.backups.list(ORDERS, any({ max: 5 }))],
  ['instanceGuid', 'the latest backup of nothing', (cf) => cf.backups.latest(any(undefined))],
  ['limit', 'the latest backup of some', (cf) => cf.backups.latest(ORDERS, any({ limit: 5 }))],
  ['instanceGuid', 'a new backup of nothing', (cf) => cf.backups.create('')],
  ['note', 'a new backup with a note that is no text', (cf) => cf.backups.create(ORDERS, any({ note: {} }))],
  ['name', 'a new backup with a name', (cf) => cf.backups.create(ORDERS, any({ name: 'x' }))],
  ['instanceGuid', 'bindings of nothing', (cf) => cf.bindings.list('')],
  ['type', 'bindings of an unknown type', (cf) => cf.bindings.list(ORDERS, any({ type: 'apps' }))],
  ['perPage', 'bindings, too many at once', (cf) => cf.bindings.list(ORDERS, { perPage: 5_001 })],
  ['appGuids', 'bindings with an unknown filter', (cf) => cf.bindings.list(ORDERS, any({ appGuids: ['a'] }))],
  ['instanceGuid', 'shared spaces of nothing', (cf) => cf.bindings.inSharedSpaces(any(undefined))],
  ['type', 'shared spaces with an unknown option', (cf) => cf.bindings.inSharedSpaces(ORDERS, any({ type: 'app' }))],
  ['guid', 'an instance without a guid', (cf) => cf.serviceInstances.get('')],
  ['fields', 'an instance with an unknown option', (cf) => cf.serviceInstances.get(ORDERS, any({ fields: 'x' }))],
  ['filter', 'instances by null', (cf) => cf.serviceInstances.list(any(null))],
  ['perPage', 'instances, none at once', (cf) => cf.serviceInstances.list({ perPage: 0 })],
  ['createdAt', 'instances of no time', (cf) => cf.serviceInstances.list({ createdAt: [] })],
  ['createdAt', 'instances of a time with fractions', (cf) => cf.serviceInstances.list({ createdAt: [new Date(1)] })],
  ['createdAt', 'instances of a time without a zone', (cf) => cf.serviceInstances.list({ createdAt: ['2026-01-01'] })],
  ['updatedAt', 'instances of a text as time', (cf) => cf.serviceInstances.list(any({ updatedAt: 'today' }))],
  ['page', 'instances with an unknown option', (cf) => cf.serviceInstances.list({}, any({ page: 2 }))],
  ['name', 'no name to find', (cf) => cf.serviceInstances.find(any({}))],
  ['guid', 'a guid to find', (cf) => cf.serviceInstances.find(any({ name: 'x', guid: ORDERS }))],
  ['guid', 'a job without a guid', (cf) => cf.jobs.get('')],
  ['wait', 'a job with an unknown option', (cf) => cf.jobs.get('j', any({ wait: true }))],
  ['id', 'attach to nothing', (cf) => cf.attach(any(undefined))],
  ['startedAt', 'attach to a start without a zone', (cf) => cf.attach({ id: 'j', startedAt: '2026-01-01T00:00:00' })],
  ['jobGuid', 'attach with an unknown field', (cf) => cf.attach(any({ id: 'j', jobGuid: 'j' }))],
  ['note', 'attach with a note that is no text', (cf) => cf.attach(any({ id: 'j', note: 5 }))],
];

it.each(calls)('%s: %s', async (field, _, call) => {
  const { cf, emulator } = foundation();
  const error = await rejection(
    Promise.resolve().then(async () => {
      const made = call(cf);
      return made !== null && typeof made === 'object' && 'toArray' in made
        ? (made as { toArray(): Promise<unknown> }).toArray()
        : made;
    }),
  );
  expect(error).toMatchObject({ name: 'ConfigurationError', field, started: 'no', isRetryable: false });
  expect(emulator.requests).toEqual([]);
});

it.each<[string, unknown]>([
  ['target', 'acme/production'],
  ['target', null],
  ['target.space', { space: '' }],
  ['target.organization', { organization: 5 }],
  ['org', { org: 'acme' }],
])('a client refuses %s: %j', (field, target) => {
  const make = () =>
    new CloudFoundryClient({
      baseUrl: BASE,
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
      target: target as never,
    });
  expect(make).toThrow(expect.objectContaining({ name: 'ConfigurationError', field }));
});

it.each([undefined, null, 5])('a client without options says so: %j', (options) => {
  expect(() => new CloudFoundryClient(options as never)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError' }),
  );
});
