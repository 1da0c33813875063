import { describe, expect, it } from 'vitest';
import { HandleError } from '../../src/errors/handle-error.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BILLING, foundation, RESTORE } from './support.ts';

const accepted = () => new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });

describe('a job of another kind', () => {
  it('is refused at the first poll, where the guid of a backup job was attached to', async () => {
    const { cf } = foundation();
    const backup = await cf.backups.create(BILLING);
    const attached = cf.attach({ id: backup.id });
    expect(await rejection(attached.poll())).toBeInstanceOf(HandleError);
    const error = await rejection(waitForCompletion(cf.attach({ id: backup.id })));
    expect(error).toBeInstanceOf(HandleError);
    expect(error).toMatchObject({ field: 'id', message: expect.stringContaining('create_backup') });
  });

  it.each([
    'service_instance.create_backup',
    'service_instance.create',
    'service_instance.update',
    'app.delete',
    'space.apply_manifest',
    'service_bindings.create',
    'managed_service_instance.backup',
  ])('is refused by attach, also where it is done: %s', async (operation) => {
    const server = scriptedServer(Response.json({ guid: 'job-1', state: 'COMPLETE', operation }));
    const error = await rejection(waitForCompletion(clientOf({ fetch: server.fetch }).cf.attach({ id: 'job-1' })));
    expect(error).toBeInstanceOf(HandleError);
    expect(server.received).toHaveLength(1);
  });

  it.each(['service_instance.create_backup', 'app.delete', 'service_instance.delete'])(
    'is no restore although the answer of the start named it: %s',
    async (operation) => {
      const server = scriptedServer(({ method }) =>
        method === 'POST' ? accepted() : Response.json({ guid: 'job-1', state: 'COMPLETE', operation }),
      );
      const started = await clientOf({ fetch: server.fetch }).start();
      expect(await rejection(waitForCompletion(started))).toBeInstanceOf(HandleError);
    },
  );

  it.each(['service_instance.update', 'service_instance.recover', 'osb.pitr', 'recovery', '', null])(
    'is not what an undocumented word of a job says that our own start has named: %s',
    async (operation) => {
      const server = scriptedServer(({ method }) =>
        method === 'POST' ? accepted() : Response.json({ guid: 'job-1', state: 'COMPLETE', operation }),
      );
      const started = await clientOf({ fetch: server.fetch }).start();
      await expect(waitForCompletion(started)).resolves.toMatchObject({ state: 'succeeded' });
    },
  );
});

describe('an answer about another job', () => {
  it.each([
    { guid: 'job-2', state: 'COMPLETE' },
    { guid: 'job-2', state: 'FAILED', errors: [] },
    { guid: 'job-2', state: 'COMPLETE', operation: 'service_instance.create_backup' },
    { state: 'COMPLETE' },
    { guid: null, state: 'FAILED' },
    { guid: ['job-1'], state: 'COMPLETE' },
  ])('is an outage of our view: %j', async (body) => {
    let polls = 0;
    const server = scriptedServer(() =>
      Response.json(polls++ < 5 ? body : { guid: 'JOB-1', state: 'FAILED', errors: [{ detail: 'disk full' }] }),
    );
    const error = await rejection(waitForCompletion(clientOf({ fetch: server.fetch }).cf.attach({ id: 'job-1' })));
    expect(error).toMatchObject({
      name: 'OperationFailedError',
      failure: { message: expect.stringMatching('disk full') },
    });
    expect(polls).toBe(6);
  });

  it('ends no resumed wait either', async () => {
    const { cf, newClient } = foundation('another-job-answers');
    const saved = JSON.parse(JSON.stringify(await cf.serviceInstances.restore(RESTORE)));
    const error = await rejection(waitForCompletion(newClient().resume(saved)));
    expect(error).toMatchObject({ name: 'OperationFailedError' });
  });
});
