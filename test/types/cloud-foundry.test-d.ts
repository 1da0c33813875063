import { describe, expectTypeOf, it } from 'vitest';
import type { Backup, CloudFoundryClient, Job, RestoreSource, ServiceInstance } from '../../src/cloud-foundry/index.ts';
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
    expectTypeOf<{ backupId: string }>().toExtend<RestoreSource>();
    expectTypeOf<{ pointInTime: Date }>().toExtend<RestoreSource>();
    expectTypeOf<{ pointInTime: string; restorePoint: 'pitr' }>().toExtend<RestoreSource>();
    expectTypeOf<{ backupId: string; restorePoint: 'full-only'; pointInTime: undefined }>().toExtend<RestoreSource>();
    expectTypeOf<'server-default'>().toExtend<RestoreSource>();
    expectTypeOf<'latest'>().not.toExtend<RestoreSource>();
    expectTypeOf<Record<never, never>>().not.toExtend<RestoreSource>();
    expectTypeOf<{ pointInTime: number }>().not.toExtend<RestoreSource>();
  });

  it('needs to be told both ends', () => {
    // @ts-expect-error: what is overwritten has to be named
    cf.serviceInstances.restore({ from: 'server-default' });
    // @ts-expect-error: where the data comes from has to be named
    cf.serviceInstances.restore({ into: 'guid' });
  });
});

it('lists are async iterables that can be collected', () => {
  expectTypeOf(cf.serviceInstances.list().toArray()).resolves.toEqualTypeOf<ServiceInstance[]>();
  expectTypeOf(cf.backups.list('guid')).toExtend<AsyncIterable<Backup>>();
  expectTypeOf(cf.jobs.get('guid')).resolves.toEqualTypeOf<Job>();
});

it('a state is any text, since the vendor may add words', () => {
  expectTypeOf<Job['state']>().toEqualTypeOf<string>();
});
