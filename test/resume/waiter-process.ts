/**
 * A program that restores, and that may be killed at any moment once its handle is safe: started again, it goes on.
 * Bundled and run by `restores-survive-killed-processes.test.ts`.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import {
  basicAuth,
  CloudFoundryClient,
  DocSpaceClient,
  docspaceApiKey,
  handleToText,
  type Operation,
  OperationFailedError,
  OracleEpmClient,
  type RestoreResult,
  resume,
  uaaPassword,
  VeeamM365V5Client,
  VeeamM365V6Client,
  veeamPassword,
  waitForCompletion,
} from '../../src/index.ts';
import { docspaceCredentials } from '../../src/testing/docspace/credentials.ts';
import { type SystemName, WAITING, type WaiterTask, type WaiterVerdict } from './support/waiter-task.ts';

const task: WaiterTask = JSON.parse(process.argv[2] ?? '');
const common = { baseUrl: task.baseUrl, headers: { 'x-process': task.process } };
const asOperator = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
const epm = new OracleEpmClient({ ...common, auth: basicAuth({ username: 'admin', password: 'secret' }) });
const cf = new CloudFoundryClient({ ...common, auth: uaaPassword({ username: 'admin', password: 'secret' }) });
const veeam5 = new VeeamM365V5Client({ ...common, auth: asOperator });
const veeam6 = new VeeamM365V6Client({ ...common, auth: asOperator });
const docspace = new DocSpaceClient({ ...common, auth: docspaceApiKey(docspaceCredentials.apiKey) });

const ORGANIZATION = '3c424478-0811-4920-8aab-01f0bf2a2822';
const starts: Readonly<Record<SystemName, () => Promise<Operation<RestoreResult>>>> = {
  'oracle-epm': () =>
    epm.environment.restore({
      backupName: '2026-04-23T08:48:06/Environment_Backup',
      dailyMaintenanceStartTime: false,
    }),
  'cloud-foundry': () =>
    cf.serviceInstances.restore({
      into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
      from: { backupId: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55', createdAt: new Date('2026-04-23T08:48:06Z') },
    }),
  'veeam-m365-v5': () => veeam5.organizations.explore(ORGANIZATION, { dateTime: new Date(), type: 'vex' }),
  'veeam-m365-v6': () => veeam6.organizations.explore(ORGANIZATION, { dateTime: new Date(), type: 'vex' }),
  docspace: () =>
    docspace.portal.restore({
      backupId: '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11',
      backupCreatedAt: '2026-04-23T08:48:06Z',
    }),
};

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Whole or not at all, and on the disk before anything else happens. */
function save(text: string): void {
  const file = openSync(`${task.handleFile}.new`, 'w');
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${task.handleFile}.new`, task.handleFile);
}

async function begin(): Promise<Operation<RestoreResult>> {
  const operation = await starts[task.system]();
  save(task.form === 'json' ? JSON.stringify(operation) : handleToText(operation.toJSON()));
  return operation;
}

async function verdictOf(operation: Operation<RestoreResult>): Promise<WaiterVerdict> {
  const told = (state: string, dataAsOf?: Date): WaiterVerdict => ({
    state,
    dataAsOf: dataAsOf?.toISOString(),
    handle: operation.toJSON(),
  });
  try {
    const waiting = waitForCompletion(operation, { accept: 'partial', cadence: () => task.everyMs });
    tell(WAITING);
    const { state, result } = await waiting;
    return told(state, result.dataAsOf);
  } catch (error) {
    if (OperationFailedError.isInstance(error)) return told(error.state);
    throw error;
  }
}

const operation = existsSync(task.handleFile)
  ? resume(readFileSync(task.handleFile, 'utf8'), [epm, cf, veeam5, veeam6, docspace])
  : await begin();
tell(JSON.stringify(await verdictOf(operation)));
