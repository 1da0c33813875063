import { describe, expectTypeOf, it } from 'vitest';
import type {
  Backup,
  CloudFoundryClient,
  CloudFoundryJob,
  CloudFoundryRestoreSource,
  CreatedBackup,
  ServiceBinding,
  ServiceInstance,
} from '../../src/cloud-foundry/index.ts';
import { type WaitResult, waitForCompletion } from '../../src/operation/index.ts';
import type { Operation, OperationHandle } from '../../src/operation/operation.ts';
import type { RestoreResult } from '../../src/operation/restore-result.ts';

declare const cf: CloudFoundryClient;
declare const operation: Operation<RestoreResult>;

describe('a restore of a service instance', () => {
  it('is an operation', () => {
    expectTypeOf(cf.serviceInstances.restore).returns.resolves.toEqualTypeOf<Operation<RestoreResult>>();
    expectTypeOf(cf.resume).returns.toEqualTypeOf<Operation<RestoreResult>>();
    expectTypeOf(cf.attach).returns.toEqualTypeOf<Operation<RestoreResult>>();
    expectTypeOf<OperationHandle>().toExtend<Parameters<typeof cf.resume>[0]>();
    expectTypeOf(waitForCompletion(operation)).resolves.toEqualTypeOf<WaitResult<RestoreResult>>();
  });

  it('has one source, chosen by name', () => {
    expectTypeOf<{ backupId: string }>().toExtend<CloudFoundryRestoreSource>();
    expectTypeOf<{ pointInTime: Date }>().toExtend<CloudFoundryRestoreSource>();
    expectTypeOf<{ pointInTime: string; restorePoint: 'pitr' }>().toExtend<CloudFoundryRestoreSource>();
    expectTypeOf<{
      backupId: string;
      restorePoint: 'full-only';
      pointInTime: undefined;
    }>().toExtend<CloudFoundryRestoreSource>();
    expectTypeOf<'server-default'>().toExtend<CloudFoundryRestoreSource>();
    expectTypeOf<'latest'>().not.toExtend<CloudFoundryRestoreSource>();
    expectTypeOf<Record<never, never>>().not.toExtend<CloudFoundryRestoreSource>();
    expectTypeOf<{ pointInTime: number }>().not.toExtend<CloudFoundryRestoreSource>();
  });

  it('needs to be told both ends', () => {
    // @ts-expect-error: what is overwritten has to be named
    cf.serviceInstances.restore({ from: 'server-default' });
    // @ts-expect-error: where the data comes from has to be named
    cf.serviceInstances.restore({ into: 'guid' });
  });
});

it('a backup is an operation whose result is the new backup, also after a resume', () => {
  expectTypeOf(cf.backups.create).returns.resolves.toEqualTypeOf<Operation<CreatedBackup>>();
  expectTypeOf(cf.backups.resume).returns.toEqualTypeOf<Operation<CreatedBackup>>();
  expectTypeOf<CreatedBackup>().toExtend<Backup>();
  expectTypeOf<CreatedBackup>().toExtend<RestoreResult>();
});

it('lists are async iterables that can be collected', () => {
  expectTypeOf(cf.serviceInstances.list().toArray()).resolves.toEqualTypeOf<ServiceInstance[]>();
  expectTypeOf(cf.backups.list('guid')).toExtend<AsyncIterable<Backup>>();
  expectTypeOf(cf.bindings.list('guid').toArray()).resolves.toEqualTypeOf<ServiceBinding[]>();
  expectTypeOf(cf.jobs.get('guid')).resolves.toEqualTypeOf<CloudFoundryJob>();
});

it('a state is any text, since the vendor may add words', () => {
  expectTypeOf<CloudFoundryJob['state']>().toEqualTypeOf<string>();
});
