import { lookUntil, type Stage } from './driver.ts';

const ORDERS = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const BILLING = '88ce23e5-27c3-4381-a2df-32a28ec43133';
const BACKUP = '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55';
const INSTANCES = '/v3/service_instances';
const RESTORE = `${INSTANCES}/${ORDERS}/actions/restore`;

/** Good and wrong ones, in the form of the wire. */
const QUERIES = [
  'per_page=0',
  'colour=red',
  'type=bogus',
  'type=managed&service_plan_names=ON-DEMAND-SMALL',
  'label_selector=env%20in%20(production,staging),team!=billing',
  'label_selector=!',
  'created_ats[gte]=2026-01-01T00:00:00Z&updated_ats[lt]=2027-01-01T00:00:00Z',
  'created_ats[gt]=2026-01-01T00:00:00.5Z',
  'fields[space]=guid,name,relationships.organization&fields[service_plan.service_offering]=name,description,tags',
  'fields[space]=colour',
  'fields[moon]=guid',
];

/** A restore from the root to its end, with everything around it, as a script with curl would do it. */
export async function drive({ open }: Stage): Promise<void> {
  const { wire } = open();
  const root = await wire.ask('GET', '/');
  const uaa: string = root?.body?.links?.login?.href ?? root?.body?.links?.uaa?.href ?? '';
  const token = async (form: Record<string, string>, basic = 'Basic Y2Y6') =>
    wire.ask('POST', `${uaa}/oauth/token`, { form, ...(basic ? { headers: { authorization: basic } } : {}) });
  const login = async () => {
    const granted = await token({ grant_type: 'password', username: 'admin', password: 'secret' });
    return { authorization: `bearer ${granted?.body?.access_token}`, refresh: String(granted?.body?.refresh_token) };
  };
  let { authorization, refresh } = await login();
  const ask = async (method: string, path: string, json?: unknown) => {
    const send = () => wire.ask(method, path, { headers: { authorization }, ...(json === undefined ? {} : { json }) });
    const answer = await send();
    if (answer?.status !== 401) return answer;
    const renewed = await token({ grant_type: 'refresh_token', refresh_token: refresh });
    if (renewed?.status === 200) {
      authorization = `bearer ${renewed.body.access_token}`;
      refresh = renewed.body.refresh_token;
    } else {
      ({ authorization, refresh } = await login());
    }
    return send();
  };

  await token({ grant_type: 'password', username: 'admin', password: 'wrong' });
  await token({ grant_type: 'password', username: 'admin', password: 'secret' }, '');
  await token({ grant_type: 'client_credentials' }, `Basic ${btoa('restorekit-ci:client-secret')}`);
  await token({ grant_type: 'client_credentials', client_id: 'restorekit-ci', client_secret: 'client-secret' }, '');
  await token({ grant_type: 'teleport' });
  await wire.ask('GET', INSTANCES);
  await wire.ask('GET', INSTANCES, { headers: { authorization: 'bearer nonsense' } });
  await ask('GET', '/v3');
  await ask('GET', INSTANCES);
  await ask('GET', `${INSTANCES}?per_page=1&page=2&order_by=-name`);
  await ask('GET', `${INSTANCES}?names=orders-db,nobody&fields[space]=guid,name&fields[space.organization]=guid,name`);
  for (const query of QUERIES) await ask('GET', `${INSTANCES}?${query}`);
  await ask('GET', `${INSTANCES}/${ORDERS}?fields[service_plan]=guid,name`);
  await ask('GET', `${INSTANCES}/no-such-guid`);
  await ask('GET', `${INSTANCES}/${ORDERS}/backups?limit=1`);
  await ask('GET', `${INSTANCES}/${ORDERS}/backups?limit=0`);
  await ask('GET', `${INSTANCES}/${ORDERS}/backups?page=1`);
  await ask('GET', `${INSTANCES}/no-such-guid/backups`);
  await ask('GET', '/v3/jobs/no-such-job');
  await ask('GET', '/v3/colours');

  await ask('POST', RESTORE, { backup_id: 'no-such-backup' });
  await ask('POST', RESTORE, { target_timestamp: '2026-04-23T08:48:06.500Z', restore_point: 'pitr' });
  await ask('POST', RESTORE, { colour: 'red' });
  await ask('POST', `${INSTANCES}/no-such-guid/actions/restore`, {});
  const started = await ask('POST', RESTORE, { backup_id: BACKUP, source_service_instance_guid: ORDERS });
  await ask('POST', RESTORE, {});
  const guid = started?.headers.get('location')?.split('/jobs/')[1]?.split('?')[0];
  if (guid !== undefined) {
    await lookUntil(
      wire,
      () => ask('GET', `/v3/jobs/${guid}`),
      ({ body }) => ['COMPLETE', 'FAILED'].includes(body?.state),
    );
  }
  await ask('GET', `${INSTANCES}/${ORDERS}`);

  const saved = await ask('POST', `${INSTANCES}/${BILLING}/backups`);
  await ask('POST', `${INSTANCES}/${BILLING}/backups`);
  const backup = saved?.headers.get('location')?.split('/jobs/')[1]?.split('?')[0];
  if (backup !== undefined) {
    await lookUntil(
      wire,
      () => ask('GET', `/v3/jobs/${backup}`),
      ({ body }) => body?.state === 'COMPLETE',
      { polls: 20 },
    );
  }
  await ask('GET', `${INSTANCES}/${BILLING}/backups`);
}
