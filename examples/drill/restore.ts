import type { Operation, RestoreResult, WaitOptions } from 'restorekit';
import { CloudFoundryClient } from 'restorekit/cloud-foundry';
import { DocSpaceClient } from 'restorekit/docspace';
import { OracleEpmClient } from 'restorekit/oracle-epm';
import type { ProgressLine } from 'restorekit/terminal';
import {
  type CloudFoundryTarget,
  clientOptions,
  type DocSpaceTarget,
  type OracleEpmTarget,
  type Target,
} from './targets.ts';
import { restoreMailbox } from './veeam.ts';

/** What a restore needs from the drill. */
export interface DrillContext {
  readonly line: ProgressLine;
  readonly signal: AbortSignal;
  /** Options of the waits, such as the cadence. */
  readonly wait: WaitOptions;
  /** Called as soon as there is an operation. From then on the restore is running, even if this process dies. */
  readonly started: (operation: Operation<RestoreResult>) => void;
}

/** A restore that has ended with full or partial success. */
export interface Ended {
  readonly state: 'succeeded' | 'partial';
  readonly elapsedMs: number;
  readonly polls: number;
  readonly unreachableMs: number;
  readonly dataAsOf?: Date | undefined;
  readonly requestedTime?: Date | undefined;
  /** How much was restored, if it was counted. */
  readonly counted?: string;
  readonly warnings: readonly string[];
  readonly aftermath: readonly string[];
}

/** Restores one target and waits for its end. */
export function restore(target: Target, context: DrillContext): Promise<Ended> {
  switch (target.system) {
    case 'oracle-epm':
      return startAndWait(() => startOracleEpm(target, context), context);
    case 'cloud-foundry':
      return startAndWait(() => startCloudFoundry(target, context), context);
    case 'docspace':
      return startAndWait(() => startDocSpace(target, context), context);
    case 'veeam-m365-v5':
    case 'veeam-m365-v6':
    case 'veeam-m365-v7':
    case 'veeam-m365-v8':
      return restoreMailbox(target, context);
  }
}

async function startAndWait(start: () => Promise<Operation<RestoreResult>>, context: DrillContext): Promise<Ended> {
  context.line.say('starting');
  const operation = await start();
  context.started(operation);
  const done = await context.line.wait(operation, { ...context.wait, accept: 'partial', signal: context.signal });
  return {
    ...done,
    dataAsOf: done.result.dataAsOf,
    warnings: done.warnings.map(({ message }) => message),
    aftermath: done.result.aftermath,
  };
}

function startOracleEpm(target: OracleEpmTarget, { signal }: DrillContext) {
  return new OracleEpmClient(clientOptions(target)).environment.restore(target.restore, { signal });
}

async function startCloudFoundry(target: CloudFoundryTarget, { signal }: DrillContext) {
  const { serviceInstances, backups } = new CloudFoundryClient(clientOptions(target));
  const { into, from } = target.restore;
  if (typeof from !== 'object' || !('backupId' in from)) return serviceInstances.restore(target.restore, { signal });
  // Only the list shows when the backup was made.
  const list = await backups.list(from.serviceInstanceGuid ?? into, { signal }).toArray();
  const createdAt = list.find(({ id }) => id === from.backupId)?.createdAt;
  const source = createdAt === undefined ? from : { ...from, createdAt };
  return serviceInstances.restore({ ...target.restore, from: source }, { signal });
}

async function startDocSpace(target: DocSpaceTarget, { signal }: DrillContext) {
  const { backups, portal } = new DocSpaceClient(clientOptions(target));
  const { backupId, dump } = target.restore;
  // The list tells when the backup was made, which the restore itself does not.
  const records = await backups.list({ dump }, { signal }).toArray();
  const backupCreatedAt = records.find(({ id }) => id === backupId)?.createdAt;
  return portal.restore({ ...target.restore, backupCreatedAt }, { signal });
}
