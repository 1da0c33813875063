import type { VeeamM365Emulator } from '../../../src/testing/veeam-m365/emulator.ts';
import type { VeeamM365Scenario, VeeamVersion } from '../../../src/testing/veeam-m365/scenario.ts';
import { isSince, VERSIONS } from '../../../src/testing/veeam-m365/versions.ts';
import { lookUntil, type Stage, type Wire } from './driver.ts';
import { driveContent, showsContent } from './veeam-m365-content.ts';

/** The same in each version of the API that the scenario has. */
export async function drive({ scenario, open }: Stage): Promise<void> {
  const { versions = VERSIONS }: VeeamM365Scenario = scenario;
  for (const version of versions) {
    const { wire, emulator } = open();
    await driveVersion(wire, emulator as VeeamM365Emulator, version);
    if (showsContent(scenario)) await driveContent(open().wire, version);
  }
}

/** A session, a mailbox out of it, and its end, with everything around it, as a script with curl would do it. */
async function driveVersion(wire: Wire, emulator: VeeamM365Emulator, version: VeeamVersion): Promise<void> {
  const isV5 = version === 'v5';
  const base = `/${version}`;
  let token = '';
  let refresh = '';
  const grant = async (form: Record<string, string>) => {
    const granted = await wire.ask('POST', `${base}/token`, { form });
    if (granted?.status !== 200) return;
    token = granted.body.access_token;
    refresh = granted.body.refresh_token;
  };
  const terms: Record<string, string> = isSince(version, 'v7') ? { disable_antiforgery_token: 'true' } : {};
  const login = () =>
    grant({ grant_type: 'password', username: 'DOMAIN\\administrator', password: 'secret', ...terms });
  const asTenant = (assertion: unknown) =>
    grant({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: emulator.tenantId,
      assertion: JSON.stringify(assertion),
      ...terms,
    });
  const ask = async (method: string, path: string, json?: unknown) => {
    const send = () =>
      wire.ask(method, base + path, {
        headers: { authorization: `Bearer ${token}` },
        ...(json === undefined ? {} : { json }),
      });
    const answer = await send();
    if (answer?.status !== 401) return answer;
    await grant({ grant_type: 'refresh_token', refresh_token: refresh, ...terms });
    const again = await send();
    if (again?.status !== 401) return again;
    await login();
    return send();
  };
  const explore = (path: string, dateTime = '2026-01-01T00:00:00Z') =>
    isV5
      ? ask('POST', `${path}/action`, { explore: { datetime: dateTime, type: 'vex' } })
      : ask('POST', `${path}/explore`, { dateTime, type: 'Vex' });

  /** Since v8 a restore has a session of its own. */
  const readRestore = async (restoreId = 'no-such-session') => {
    const restore = `/RestoreSessions/${restoreId}`;
    for (const pause of [0, 120_000]) {
      wire.clock.jump(pause);
      await ask('GET', restore);
      await ask('GET', `${restore}/Events`);
      await ask('GET', `${restore}/Statistics`);
    }
  };

  await wire.ask('GET', `${base}/Organizations`);
  await grant({ grant_type: 'password', username: 'nobody', password: 'wrong' });
  await grant({ grant_type: 'teleport' });
  await asTenant({});
  await asTenant({ access_token: 'microsoft-token' });
  await ask('POST', isV5 ? '/Organization/action' : '/Organization/Explore', isV5 ? { explore: {} } : {});
  await grant({
    grant_type: 'operator',
    client_id: `${emulator.operatorId}.${emulator.tenantId}`,
    assertion: 'microsoft-token',
    ...terms,
  });
  if (!isV5) await ask('POST', '/Organization/OperatorExplore', { reason: 'Ticket 4711' });
  if (isSince(version, 'v7')) await ask('POST', '/token/logout');
  await login();
  await ask('GET', '/License');
  await ask('GET', '/Organization');
  await ask('GET', `/Organizations/${emulator.organizationId}/Jobs`);
  if (!isV5) {
    await ask('POST', `/DataRetrievals/${emulator.dataRetrievalId}/explore`);
    await ask('POST', '/DataRetrievals/no-such-retrieval/explore');
  }
  if (isSince(version, 'v7')) {
    const repository = `/BackupRepositories/${emulator.repositoryId}/explore`;
    await ask('POST', repository, {});
    await ask('POST', `${repository}?organizationId=${emulator.organizationId}`, { type: 'Vex' });
    await ask('GET', '/RestorePoints?limit=2&orderAsc=true&from=2020-01-01T00:00:00Z');
  }
  await ask('GET', '/ServiceInstance');
  await ask('GET', '/Organizations');
  await ask('GET', `/Organizations/${emulator.organizationId}`);
  await ask('GET', '/Organizations/no-such-organization');
  await ask('GET', '/Jobs');
  await ask('GET', `/Jobs/${emulator.jobIds[0]}`);
  await ask('GET', '/Jobs/no-such-job');
  if (!isV5) await ask('GET', `/RestorePoints?jobId=${emulator.jobIds[1]}`);
  await explore(`/Organizations/${emulator.organizationId}`, 'yesterday');
  await explore('/Jobs/no-such-job');
  await explore(`/Jobs/${emulator.jobIds[0]}`);
  const opened = await explore(`/Organizations/${emulator.organizationId}`);
  await ask('GET', '/RestoreSessions');
  await ask('GET', '/RestoreSessions?limit=1&offset=1');
  if (version === 'v8') await ask('GET', '/RestoreSessions?orderAsc=true&orderBy=CreationTime');
  await ask('GET', '/RestoreSessions?startTimeFrom=2025-12-31T00:00:00Z');
  await ask('GET', '/RestoreSessions/no-such-session');
  const id = opened?.body?.id ?? emulator.openSessions.at(-1)?.id;
  if (id === undefined) return;
  const session = `/RestoreSessions/${id}`;
  for (let poll = 0; poll < 4; poll += 1) {
    await ask('GET', session);
    wire.clock.jump(12_000);
  }
  await ask('GET', `${session}/organization`);
  const mailboxes = await ask('GET', `${session}/Organization/Mailboxes`);
  await ask('GET', `${session}/Organization/Mailboxes?limit=1&offset=1`);
  const mailbox = mailboxes?.body?.results?.[0] ?? emulator.mailboxes[0];
  const one = `${session}/Organization/Mailboxes/${mailbox?.id}`;
  await ask('GET', one);
  await ask('GET', `${session}/Organization/Mailboxes/no-such-mailbox`);
  const many = { mailboxes: [{ id: mailbox?.id }], mailBoxes: [{ id: mailbox?.id }], skipUnresolved: true };
  if (isV5) {
    await ask('POST', `${one}/action`, { restoretoOriginallocation: { userName: 'u', userPassword: 'p' } });
    await ask('POST', `${one}/action`, { dance: {} });
    await ask('POST', `${session}/Organization/Mailboxes/action`, { restoreTo: { ...many, mailboxes: undefined } });
  } else {
    const restored = await ask('POST', `${one}/restore`, { userName: 'u', userPassword: 'p' });
    if (version === 'v8') await readRestore(restored?.body?.sessionId);
    await ask('POST', `${one}/restoreTo`, { mailbox: 'nobody@nowhere.example' });
    await ask('POST', `${one}/restoreTo`, { mailbox: mailbox?.email });
    await ask('POST', `${session}/organization/mailboxes/restore`, { ...many, mailBoxes: undefined });
  }
  const stop = () => (isV5 ? ask('POST', `${session}/action`, { stop: null }) : ask('POST', `${session}/Stop`));
  await stop();
  await lookUntil(
    wire,
    () => ask('GET', session),
    ({ body }) => body?.state === 'Stopped',
    { polls: 8 },
  );
  await stop();
  await ask('GET', `${session}/Events`);
  await ask('GET', `${session}/Organization/Mailboxes`);
  await ask('GET', one);
  await (isV5
    ? ask('POST', '/RestoreSessions/no-such-session/action', { stop: null })
    : ask('POST', '/RestoreSessions/no-such-session/Stop'));
}
