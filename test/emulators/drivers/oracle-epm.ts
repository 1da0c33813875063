import { type Answered, lookUntil, type Stage } from './driver.ts';

const RESTORE = '/interop/rest/v1/services/restoreenvironment';
const GOOD = '2026-04-23T08:48:06/Environment_Backup';
const SNAPSHOT = '2026-04-23T08:48:06/Artifact_Snapshot.zip';
const TOO_OLD = '2026-01-31T06:40:34/Environment_Backup';

/** A restore of an environment with everything around it, as a script with curl would do it. */
export async function drive({ open }: Stage): Promise<void> {
  const { wire, prefix } = open();
  const authorization = `Basic ${btoa('admin:secret')}`;
  const ask = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
    wire.ask(method, prefix + path, {
      headers: { authorization, ...headers },
      ...(json === undefined ? {} : { json }),
    });
  const follow = async (started: Answered | undefined) => {
    const links: { rel?: string; href?: string }[] = started?.body?.links ?? [];
    const href = links.find(({ rel }) => rel?.trim().toLowerCase().startsWith('job'))?.href?.trim();
    const path = href?.slice(href.indexOf('/interop/'));
    if (path === undefined) return undefined;
    return lookUntil(
      wire,
      () => ask('GET', path),
      ({ body }) => Number(body?.status ?? -1) >= 0 && body?.status !== '',
    );
  };

  await wire.ask('GET', `${prefix}/interop/rest/v2/backups/list`);
  await ask('GET', '/interop/rest/v2/backups/list', undefined, { authorization: `Basic ${btoa('admin:wrong')}` });
  await ask('GET', '/interop/rest/v2/backups/list', undefined, { authorization: 'Bearer nonsense' });
  await ask('GET', '/interop/rest/v2/backups/list');
  await ask('GET', '/interop/rest/v2/maintenance/getdailymaintenancestarttime');
  await ask('GET', '/interop/rest/v2/maintenance/getdailymaintenancestarttime?showTimeZone=true');
  await ask('GET', `${RESTORE}/status/1`);
  await ask('GET', RESTORE);
  await ask('POST', RESTORE, {});
  await ask('POST', RESTORE, { backupName: GOOD }, { 'content-type': 'text/plain' });
  await ask('POST', RESTORE, { backupName: GOOD, parameters: { usersAndPreDefinedRoles: 'perhaps' } });
  await follow(await ask('POST', RESTORE, { backupName: SNAPSHOT }));
  await follow(await ask('POST', RESTORE, { backupName: TOO_OLD }));
  await follow(
    await ask('POST', '/interop/rest/v2/backups/restore', {
      backupName: SNAPSHOT,
      parameters: { targetName: 'copy.zip' },
    }),
  );
  await ask('POST', '/interop/rest/v2/backups/restore', { backupName: GOOD });
  await ask('POST', '/interop/rest/v2/backups/restore', {});
  await ask('POST', '/interop/rest/v2/backups/restore', { backupName: SNAPSHOT }, { 'content-type': 'text/plain' });
  await ask('GET', '/interop/rest/v2/status/jobs/1');
  await follow(await ask('POST', '/interop/rest/v2/backups/restore', { backupName: SNAPSHOT }));
  await ask('GET', '/interop/rest/v1/services/LCM/copysnapshot/1');
  await ask('GET', '/interop/rest/v2/backups/list', undefined, { authorization: `Basic ${btoa('acme.admin:secret')}` });
  const octets = { 'content-type': 'application/octet-stream' };
  const contents = (name: string) => `/interop/rest/11.1.2.3.600/applicationsnapshots/${name}/contents`;
  await ask('POST', `${contents('data.csv')}?extDirPath=inbox`, {}, octets);
  await ask('POST', `${contents('data.csv')}?extDirPath=inbox`, {}, octets);
  await ask('POST', contents('data.csv'), {});
  const q = (fields: object) => `?q=${encodeURIComponent(JSON.stringify({ fileSize: '2', ...fields }))}`;
  await ask('POST', contents('April.zip') + q({ isFirst: false, isLast: true }), {}, octets);
  await ask('POST', contents('April.zip') + q({ isFirst: true, isLast: false, chunkSize: 14 }), {}, octets);
  const chunk = { isFirst: false, isLast: false, chunkSize: 2, startRange: '0', endRange: '1', chunkNo: 1 };
  await ask('POST', contents('April.zip') + q(chunk), {}, octets);
  await ask('POST', contents('April.zip') + q({ ...chunk, chunkNo: 3 }), {}, octets);
  await follow(
    await ask('POST', contents('April.zip') + q({ isFirst: false, isLast: true, chunkSize: 14 }), {}, octets),
  );
  await ask('GET', contents('April.zip'));
  await ask('GET', contents('nothing'));
  await ask('DELETE', '/interop/rest/v2/files/delete');
  await ask('POST', '/interop/rest/v3/files/delete', { fileName: 'April.zip' });
  const parameters = {
    usersAndPreDefinedRoles: 'true',
    dailyMaintenanceStartTime: 'false',
    storedSnapshotsAndFiles: 'true',
  };
  const started = await ask('POST', RESTORE, { backupName: GOOD, parameters });
  await ask('POST', RESTORE, { backupName: GOOD });
  await follow(started);
  wire.clock.jump(3_600_000);
  await follow(started);
}
