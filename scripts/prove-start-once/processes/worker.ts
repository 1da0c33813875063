/**
 * Makes the restores without a report, eight at a time, in its own order, until it is killed or all are reported. It
 * knows about other workers only through the store.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import {
  OperationFailedError,
  OutcomeUnknownError,
  RestoreInProgressError,
  StartOutcomeUnknownError,
  StoreError,
} from 'restorekit/errors';
import { type Clock, type Operation, waitForCompletion } from 'restorekit/operation';
import { basicAuth, OracleEpmClient } from 'restorekit/oracle-epm';
import { type StartOnceOptions, startOnce } from 'restorekit/start-once';
import { docspaceBackups, docspaceCredentials } from 'restorekit/testing';
import { VeeamM365V5Client, VeeamM365V6Client, veeamPassword } from 'restorekit/veeam-m365';
import type { Orders, PlannedRestore } from './planned-restore.ts';
import { hasReport, report } from './reports.ts';
import { openStoreAt } from './store-of-address.ts';

const AT_ONCE = 8;

type Plan = Pick<StartOnceOptions<Operation<unknown>>, 'client' | 'start'>;

const orders: Orders = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const store = openStoreAt(orders.store);
/** The clocks of machines differ by up to a quarter of an hour. */
const skewMs = (Math.random() * 2 - 1) * 15 * 60_000;
const clock: Clock = {
  now: () => Date.now() + skewMs,
  sleep: (ms, signal) => pause(ms, undefined, signal ? { signal } : {}),
};
const clients = new Map<string, unknown>();

/** One client for each system, as in a service. */
function clientOf<Client>(baseUrl: string, make: () => Client): Client {
  const client = clients.get(baseUrl) ?? make();
  clients.set(baseUrl, client);
  return client as Client;
}

const inTime = { requestTimeoutMs: orders.startTimeoutMs };

const plans: Readonly<Record<PlannedRestore['system'], (restore: PlannedRestore) => Plan>> = {
  'cloud-foundry': ({ baseUrl, instance, moment }) => {
    const auth = uaaPassword({ username: 'admin', password: 'secret' });
    const client = clientOf(baseUrl, () => new CloudFoundryClient({ baseUrl, auth, clock }));
    const input = { into: instance, from: { pointInTime: moment } };
    return { client, start: () => client.serviceInstances.restore(input, inTime) };
  },
  'oracle-epm': ({ baseUrl }) => {
    const auth = basicAuth({ username: 'admin', password: 'secret' });
    const client = clientOf(baseUrl, () => new OracleEpmClient({ baseUrl, auth, clock }));
    const input = { backupName: '2026-04-23T08:48:06/Environment_Backup' };
    return { client, start: () => client.environment.restore(input, inTime) };
  },
  docspace: ({ baseUrl }) => {
    const auth = docspaceApiKey(docspaceCredentials.apiKey);
    const client = clientOf(baseUrl, () => new DocSpaceClient({ baseUrl, auth, clock }));
    const input = { backupId: docspaceBackups.good.id, notify: false };
    return { client, start: () => client.portal.restore(input, inTime) };
  },
  'veeam-m365-v5': (planned) => veeam(planned, VeeamM365V5Client),
  'veeam-m365-v6': (planned) => veeam(planned, VeeamM365V6Client),
};

function veeam(
  { baseUrl, instance, moment }: PlannedRestore,
  Client: typeof VeeamM365V5Client | typeof VeeamM365V6Client,
): Plan {
  const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
  const client = clientOf(`${Client.name} ${baseUrl}`, () => new Client({ baseUrl, auth, clock }));
  const input = { dateTime: moment, type: 'vex' } as const;
  return { client, start: () => client.organizations.explore(instance, input, inTime) };
}

async function make(planned: PlannedRestore): Promise<void> {
  const { number, key, instance } = planned;
  try {
    const plan = plans[planned.system](planned);
    const operation = await startOnce({
      ...plan,
      key,
      store,
      clock,
      target: instance,
      starterPatienceMs: orders.startTimeoutMs + 1_000,
    });
    // A session ends when it is stopped.
    if ('stop' in operation && typeof operation.stop === 'function') await operation.stop();
    const { state } = await waitForCompletion(operation, { cadence: () => 250, timeoutMs: 60_000 });
    report(orders.reports, number, { outcome: 'ended', state, id: operation.id });
  } catch (error) {
    if (OperationFailedError.isInstance(error)) {
      report(orders.reports, number, { outcome: 'ended', state: error.state, id: error.handle?.id ?? '' });
    } else if (StartOutcomeUnknownError.isInstance(error)) {
      report(orders.reports, number, { outcome: 'unknown' });
    } else if (RestoreInProgressError.isInstance(error)) {
      const other = orders.restores.find((each) => each.key === error.key);
      const isUnknown = other !== undefined && hasReport(orders.reports, other.number, ['unknown']);
      if (isUnknown && !hasReport(orders.reports, other.number, ['ended'])) {
        report(orders.reports, number, { outcome: 'refused' });
      }
    } else if (!OutcomeUnknownError.isInstance(error) && !StoreError.isInstance(error)) {
      // A restore that failed here is tried again.
      console.error(`${key}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
}

const underWay = new Set<number>();

function open(): readonly PlannedRestore[] {
  return orders.restores.filter(({ number }) => !hasReport(orders.reports, number, ['ended', 'unknown', 'refused']));
}

async function work(): Promise<void> {
  for (;;) {
    const left = open();
    if (left.length === 0) return;
    const free = left.filter(({ number }) => !underWay.has(number));
    const planned = free[Math.floor(Math.random() * free.length)];
    if (planned) {
      underWay.add(planned.number);
      await make(planned);
      underWay.delete(planned.number);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
