import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { type CloudFoundryEmulator, cloudFoundryEmulator } from 'restorekit/testing';
import { expect } from 'vitest';
import type { Guide } from '../guide.ts';

const ORDERS = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const BILLING = '88ce23e5-27c3-4381-a2df-32a28ec43133';
const LATEST = '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55';
const COPY = 'f1d2d2f9-24e9-4a1c-b7d3-5a6c8e9f0b12';
const JOB = `managed_service_instance.restore~${ORDERS}`;

const contentsOf = ({ serviceInstances }: CloudFoundryEmulator, guid: string) =>
  serviceInstances.find((instance) => instance.guid === guid)?.contents;

const backupsOf = ({ serviceInstances }: CloudFoundryEmulator, guid: string) =>
  serviceInstances.find((instance) => instance.guid === guid)?.backupIds.length;

const scenario = { durationMs: 500, backupDurationMs: 500 };

/** A foundation on which somebody else has just started a restore. */
function withRestoreOfSomebodyElse() {
  const emulator = cloudFoundryEmulator({ scenario: { ...scenario, job: { guid: 'korifi' } } });
  const cf = new CloudFoundryClient({
    baseUrl: 'https://api.example.org',
    auth: uaaPassword({ username: 'admin', password: 'secret' }),
    fetch: emulator.fetch,
  });
  void cf.serviceInstances.restore({ into: ORDERS, from: 'server-default' });
  return emulator;
}

export default {
  emulator: () => cloudFoundryEmulator({ scenario, serviceInstances: [{ guid: COPY, name: 'orders-db-copy' }] }),
  env: (url) => ({ CF_API: url, UAA_SECRET: 'client-secret' }),
  scripts: {
    'who-uses.ts': {
      prints: [/orders-db is c89b3280.*postgres on-demand-small/, 'app orders (STARTED)', 'key backup-check'],
    },
    'back-up.ts': {
      args: ['billing-db'],
      prints: [/^backup 88ce23e5-27c3-4381-a2df-32a28ec43133_\d+ of 20/m],
      check: (emulator) => expect(backupsOf(emulator, BILLING)).toBe(2),
    },
    'back-up-all.ts': {
      prints: [/backup c89b3280-/, /backup 88ce23e5-/],
      check: (emulator) => {
        expect(backupsOf(emulator, ORDERS)).toBe(3);
        expect(backupsOf(emulator, BILLING)).toBe(2);
      },
    },
    'list-backups.ts': { prints: [`2026-04-23T08:48:06.000Z ${LATEST}`] },
    'restore.ts': {
      args: ['CHANGE-4711'],
      prints: ['data as of 2026-04-23T08:48:06.000Z', /later changes are lost/],
      check: (emulator) => expect(contentsOf(emulator, ORDERS)).toBe(`backup ${LATEST}`),
    },
    'restore-to-a-time.ts': {
      args: ['CHANGE-4712', '2026-04-23T08:48:06+02:00'],
      check: (emulator) => expect(contentsOf(emulator, ORDERS)).toBe('point in time 2026-04-23T06:48:06Z'),
    },
    'restore-into-another.ts': {
      args: ['CHANGE-4713'],
      check: (emulator) => {
        expect(contentsOf(emulator, COPY)).toBe(`backup ${LATEST} of orders-db`);
        expect(contentsOf(emulator, ORDERS)).toBe('live data');
      },
    },
    'verify.ts': {
      prints: ['last operation: create succeeded', 'cf restage orders'],
    },
    'follow.ts': {
      args: [JOB],
      emulator: withRestoreOfSomebodyElse,
      check: (emulator) => expect(contentsOf(emulator, ORDERS)).toBe(`backup ${LATEST}`),
    },
  },
} satisfies Guide<CloudFoundryEmulator>;
