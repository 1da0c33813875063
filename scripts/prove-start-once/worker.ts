/**
 * Makes what is not reported yet, eight at a time, in an order of its own, until it is killed or everything is
 * reported. It knows nothing of the other workers but what the store tells.
 */
import { readFileSync } from 'node:fs';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import {
  OperationFailedError,
  OutcomeUnknownError,
  RestoreInProgressError,
  StartOutcomeUnknownError,
} from 'restorekit/errors';
import { fileStore } from 'restorekit/node';
import { type Operation, waitForCompletion } from 'restorekit/operation';
import { basicAuth, OracleEpmClient } from 'restorekit/oracle-epm';
import { type StartOnceOptions, startOnce } from 'restorekit/start-once';
import { docspaceBackups, docspaceCredentials } from 'restorekit/testing';
import { VeeamM365V6Client, veeamPassword } from 'restorekit/veeam-m365';
import type { Job, Orders } from './jobs.ts';
import { hasReport, report } from './reports.ts';

const AT_ONCE = 8;

type Plan = Pick<StartOnceOptions<Operation<unknown>>, 'client' | 'start'>;

const orders: Orders = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const store = fileStore(orders.store);
const clients = new Map<string, unknown>();

/** One client for each system, as in a service. */
function clientOf<Client>(baseUrl: string, make: () => Client): Client {
  const client = clients.get(baseUrl) ?? make();
  clients.set(baseUrl, client);
  return client as Client;
}

const inTime = { requestTimeoutMs: orders.startTimeoutMs };

const plans: Readonly<Record<Job['system'], (job: Job) => Plan>> = {
  'cloud-foundry': ({ baseUrl, instance, moment }) => {
    const auth = uaaPassword({ username: 'admin', password: 'secret' });
    const client = clientOf(baseUrl, () => new CloudFoundryClient({ baseUrl, auth }));
    const input = { into: instance, from: { pointInTime: moment } };
    return { client, start: () => client.serviceInstances.restore(input, inTime) };
  },
  'oracle-epm': ({ baseUrl }) => {
    const auth = basicAuth({ username: 'admin', password: 'secret' });
    const client = clientOf(baseUrl, () => new OracleEpmClient({ baseUrl, auth }));
    const input = { backupName: '2026-04-23T08:48:06/Environment_Backup' };
    return { client, start: () => client.environment.restore(input, inTime) };
  },
  docspace: ({ baseUrl }) => {
    const auth = docspaceApiKey(docspaceCredentials.apiKey);
    const client = clientOf(baseUrl, () => new DocSpaceClient({ baseUrl, auth }));
    const input = { backupId: docspaceBackups.good.id, notify: false };
    return { client, start: () => client.portal.restore(input, inTime) };
  },
  'veeam-m365': ({ baseUrl, instance, moment }) => {
    const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
    const client = clientOf(baseUrl, () => new VeeamM365V6Client({ baseUrl, auth }));
    const input = { dateTime: moment, type: 'vex' } as const;
    return { client, start: () => client.organizations.explore(instance, input, inTime) };
  },
};

async function make(job: Job): Promise<void> {
  const { number, key, instance } = job;
  try {
    const plan = plans[job.system](job);
    const operation = await startOnce({
      ...plan,
      key,
      store,
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
      const other = orders.jobs.find((each) => each.key === error.key);
      const isInDoubt = other !== undefined && hasReport(orders.reports, other.number, ['unknown']);
      if (isInDoubt && !hasReport(orders.reports, other.number, ['ended'])) {
        report(orders.reports, number, { outcome: 'refused' });
      }
    } else if (!OutcomeUnknownError.isInstance(error)) {
      // What is left undone is taken up again.
      console.error(`${key}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
}

const underWay = new Set<number>();

function open(): readonly Job[] {
  return orders.jobs.filter(({ number }) => !hasReport(orders.reports, number, ['ended', 'unknown', 'refused']));
}

async function work(): Promise<void> {
  for (;;) {
    const left = open();
    if (left.length === 0) return;
    const free = left.filter(({ number }) => !underWay.has(number));
    const job = free[Math.floor(Math.random() * free.length)];
    if (job) {
      underWay.add(job.number);
      await make(job);
      underWay.delete(job.number);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
