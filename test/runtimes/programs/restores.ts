// One restore of each system against its emulator on a loopback port: started, saved as JSON, resumed, waited for.
import { basicAuth, docspaceApiKey, uaaPassword, veeamPassword } from 'restorekit';
import { CloudFoundryClient } from 'restorekit/cloud-foundry';
import { DocSpaceClient } from 'restorekit/docspace';
import { type Operation, waitForCompletion } from 'restorekit/operation';
import { OracleEpmClient } from 'restorekit/oracle-epm';
import {
  cloudFoundryEmulator,
  docspaceBackups,
  docspaceCredentials,
  docspaceEmulator,
  type Emulator,
  oracleEpmEmulator,
  veeamM365Emulator,
} from 'restorekit/testing';
import { VeeamM365V5Client, VeeamM365V6Client } from 'restorekit/veeam-m365';

const scenario = { durationMs: 2_500 };

interface Client {
  resume(handle: unknown): Operation<unknown>;
}

async function over(emulator: Emulator, restore: (baseUrl: string) => Promise<{ readonly state: string }>) {
  const server = await emulator.listen();
  try {
    return {
      ...(await restore(server.url)),
      restores: emulator.restores.length,
    };
  } finally {
    await server.close();
  }
}

async function endOf(client: Client, operation: Operation<unknown>) {
  const handle = JSON.stringify(operation);
  const done = await waitForCompletion(client.resume(JSON.parse(handle)), { timeoutMs: 40_000 });
  return { state: done.state };
}

const oracleEpm = oracleEpmEmulator({ scenario });
const cloudFoundry = cloudFoundryEmulator({ scenario });
const docspace = docspaceEmulator({ scenario });

async function veeam(System: typeof VeeamM365V5Client | typeof VeeamM365V6Client) {
  const emulator = veeamM365Emulator({ scenario: { startingMs: 500, mailboxRestore: { durationMs: 1_000 } } });
  const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
  return over(emulator, async (baseUrl) => {
    const client = new System({ baseUrl, auth });
    const dateTime = new Date(emulator.backupTimes.at(-1) ?? 0);
    const session = await client.organizations.explore(emulator.organizationId, { dateTime, type: 'vex' });
    await waitForCompletion(session, { until: 'ready', timeoutMs: 40_000 });
    const [mailbox] = await session.mailboxes.list().toArray();
    const restore = await session.mailboxes.restore(mailbox?.id ?? 'the emulator has no mailbox');
    const { state } = await waitForCompletion(restore, { timeoutMs: 40_000 });
    await session.stop();
    return { state };
  });
}

const restores = {
  'oracle-epm': over(oracleEpm, async (baseUrl) => {
    const client = new OracleEpmClient({ baseUrl, auth: basicAuth({ username: 'admin', password: 'secret' }) });
    const backupName = '2026-04-23T08:48:06/Environment_Backup';
    return endOf(client, await client.environment.restore({ backupName }));
  }),
  'cloud-foundry': over(cloudFoundry, async (baseUrl) => {
    const client = new CloudFoundryClient({ baseUrl, auth: uaaPassword({ username: 'admin', password: 'secret' }) });
    const [instance] = await client.serviceInstances.list().toArray();
    return endOf(
      client,
      await client.serviceInstances.restore({
        into: instance?.guid ?? 'the emulator has no instance',
        from: 'server-default',
      }),
    );
  }),
  'veeam-m365-v5': veeam(VeeamM365V5Client),
  'veeam-m365-v6': veeam(VeeamM365V6Client),
  docspace: over(docspace, async (baseUrl) => {
    const client = new DocSpaceClient({ baseUrl, auth: docspaceApiKey(docspaceCredentials.apiKey) });
    return endOf(client, await client.portal.restore({ backupId: docspaceBackups.good.id }));
  }),
};

const ends: Record<string, unknown> = {};
for (const [system, restore] of Object.entries(restores)) {
  ends[system] = await restore.catch((error: unknown) => ({
    error: error instanceof Error ? error.stack : String(error),
  }));
}
console.log(JSON.stringify(ends));
