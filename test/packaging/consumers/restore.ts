import {
  basicAuth,
  bearerToken,
  CloudFoundryClient,
  DocSpaceClient,
  docspaceApiKey,
  type Operation,
  OracleEpmClient,
  uaaPassword,
  VeeamM365V5Client,
  VeeamM365V6Client,
  veeamPassword,
  waitForCompletion,
  watch,
} from 'restorekit';
import * as cloudFoundry from 'restorekit/cloud-foundry';
import * as docspace from 'restorekit/docspace';
import { NotFoundError, OutcomeUnknownError, RestoreKitError } from 'restorekit/errors';
import { defineOperation, jobLocationProtocol, statusCodeProtocol } from 'restorekit/operation';
import * as oracle from 'restorekit/oracle-epm';
import { exitCodeFor } from 'restorekit/terminal';
import { cloudFoundryEmulator, virtualClock } from 'restorekit/testing';
import * as veeam from 'restorekit/veeam-m365';

const clock = virtualClock();
const emulator = cloudFoundryEmulator({ clock });
const baseUrl = 'https://api.example.org';
const cf = new CloudFoundryClient({
  baseUrl,
  auth: uaaPassword({ username: 'admin', password: 'secret' }),
  fetch: emulator.fetch,
  clock,
});

async function restore() {
  const [instance] = await cf.serviceInstances.list().toArray();
  if (!instance) throw new Error('The emulator has no service instance.');
  const operation = await cf.serviceInstances.restore({ into: instance.guid, from: 'server-default' });
  const done = await waitForCompletion(operation, { onProgress: (status) => void status.steps.length });
  const dataAsOf: Date | undefined = done.result.dataAsOf;
  const last: string[] = [];
  for await (const update of watch(cf.resume(JSON.parse(JSON.stringify(operation))))) last.push(update.state);
  return { state: done.state, polls: done.polls, dataAsOf, last: last[last.length - 1] };
}

async function lookAtNothing(): Promise<string> {
  try {
    await cf.attach({ id: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61d' }).poll();
    return 'an answer';
  } catch (error) {
    if (NotFoundError.isInstance(error)) return `${error.status} ${error instanceof RestoreKitError}`;
    return OutcomeUnknownError.isInstance(error) ? 'unknown' : String(error);
  }
}

async function sixthVendor(): Promise<string> {
  const operation: Operation<{ bytes: number }> = defineOperation({
    kind: 'acme/restore',
    id: '7',
    startedAt: new Date(clock.now()),
    clock,
    poll: () => ({ state: 'succeeded', result: { bytes: 3 }, raw: {} }),
  });
  return `${(await waitForCompletion(operation)).result.bytes} bytes`;
}

const others = [
  new OracleEpmClient({ baseUrl, auth: basicAuth({ username: 'admin', password: 'secret' }) }),
  new VeeamM365V5Client({ baseUrl, auth: veeamPassword({ username: 'admin', password: 'secret' }) }),
  new VeeamM365V6Client({ baseUrl, auth: bearerToken('a-token-of-somebody') }),
  new DocSpaceClient({ baseUrl, auth: docspaceApiKey('sk-0123456789abcdef0123456789abcdef') }),
];
const isSame =
  oracle.OracleEpmClient === OracleEpmClient &&
  cloudFoundry.CloudFoundryClient === CloudFoundryClient &&
  veeam.VeeamM365V5Client === VeeamM365V5Client &&
  veeam.VeeamM365V6Client === VeeamM365V6Client &&
  docspace.DocSpaceClient === DocSpaceClient;

async function main(): Promise<void> {
  const seen = {
    ...(await restore()),
    nothing: await lookAtNothing(),
    sixth: await sixthVendor(),
    others: others.length,
    isSame,
    protocols: [typeof jobLocationProtocol, typeof statusCodeProtocol],
    exitCode: typeof exitCodeFor(new Error('unrelated')),
  };
  console.log(JSON.stringify(seen));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
