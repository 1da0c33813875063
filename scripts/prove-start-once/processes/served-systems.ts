import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { cloudFoundryEmulator } from '../../../src/testing/cloud-foundry/emulator.ts';
import { docspaceEmulator } from '../../../src/testing/docspace/emulator.ts';
import type { Emulator } from '../../../src/testing/emulator.ts';
import { oracleEpmEmulator } from '../../../src/testing/oracle-epm/emulator.ts';
import { veeamM365Emulator } from '../../../src/testing/veeam-m365/emulator.ts';
import { momentOf, numberIn, type PlannedRestore } from './planned-restore.ts';

/** What happens to the answer of a start. None of the systems has an idempotency key. */
export type Trouble = 'answered' | 'delayed' | 'carried out late' | 'lost' | 'held for ever';

/** A start that reached a system, even if its answer was lost. */
export interface Start {
  readonly number: number;
  readonly trouble: Trouble;
  status: number;
}

export interface ServedSystems {
  readonly restores: readonly PlannedRestore[];
  readonly starts: readonly Start[];
  close(): Promise<void>;
}

const RESTORE_MS = 1_200;
const LONGEST_DELAY_MS = 2_500;
/** Two restores want every fifth instance of Cloud Foundry. */
const RIVAL_EACH = 5;

function troubleOf(random: number): Trouble {
  if (random < 0.05) return 'lost';
  if (random < 0.1) return 'held for ever';
  if (random < 0.25) return 'delayed';
  return random < 0.35 ? 'carried out late' : 'answered';
}

/** Opens the systems on loopback ports and plans restores for them. */
export async function openSystems(count: number, random: () => number): Promise<ServedSystems> {
  const starts: Start[] = [];
  const servers: { close(): Promise<void> }[] = [];
  const serve = async (emulator: Emulator, numberOf: (body: string) => number | undefined): Promise<string> => {
    const server = await serveWithTrouble(emulator, { starts, random, numberOf });
    servers.push(server);
    return server.url;
  };

  const shared = Math.round((count * 2) / 5);
  const guids = Array.from(
    { length: shared },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  const foundation = cloudFoundryEmulator({
    scenario: { durationMs: RESTORE_MS },
    serviceInstances: guids.map((guid) => ({ guid, name: guid })),
  });
  const veeam = veeamM365Emulator();
  const foundationUrl = await serve(foundation, numberIn);
  const veeamUrl = await serve(veeam, numberIn);

  const restores: PlannedRestore[] = [];
  for (let number = 0; number < count; number += 1) {
    const base = { number, key: `CHANGE-${number}`, moment: momentOf(number), instance: '' };
    if (number < shared) {
      const instance = guids[number % RIVAL_EACH === 1 ? number - 1 : number] ?? '';
      restores.push({ ...base, system: 'cloud-foundry', baseUrl: foundationUrl, instance });
    } else if (number % 3 === 0) {
      const system = number % 2 === 0 ? 'veeam-m365-v5' : 'veeam-m365-v6';
      restores.push({ ...base, system, baseUrl: veeamUrl, instance: veeam.organizationId });
    } else if (number % 3 === 1) {
      const emulator = oracleEpmEmulator({ scenario: { durationMs: RESTORE_MS } });
      restores.push({ ...base, system: 'oracle-epm', baseUrl: await serve(emulator, () => number) });
    } else {
      const emulator = docspaceEmulator({ scenario: { durationMs: RESTORE_MS } });
      restores.push({ ...base, system: 'docspace', baseUrl: await serve(emulator, () => number) });
    }
  }
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
  return { restores, starts, close };
}

const START_PATHS = /\/(actions\/restore|restoreenvironment|startrestore|explore)$/i;
const ACTION_PATH = /\/action$/i;

async function serveWithTrouble(
  emulator: Emulator,
  context: {
    readonly starts: Start[];
    readonly random: () => number;
    readonly numberOf: (body: string) => number | undefined;
  },
) {
  const { starts, random, numberOf } = context;
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method = 'GET', url = '/', headers } = incoming;
    const init = { method, headers: headers as Record<string, string>, ...(body === '' ? {} : { body }) };
    const send = () => emulator.fetch(`http://${headers.host}${url}`, init);
    const isStart = START_PATHS.test(url) || (ACTION_PATH.test(url) && /"explore"/i.test(body));
    if (method !== 'POST' || !isStart) return pass(await send(), outgoing);

    const trouble = troubleOf(random());
    const delayMs = random() * LONGEST_DELAY_MS;
    // Also if the client has died, because a server does not stop then.
    if (trouble === 'carried out late') await pause(delayMs);
    const response = await send();
    starts.push({ number: numberOf(body) ?? Number.NaN, trouble, status: response.status });
    if (trouble === 'lost') incoming.socket.destroy();
    if (trouble === 'lost' || trouble === 'held for ever') return;
    if (trouble === 'delayed') await pause(delayMs);
    return pass(response, outgoing);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.end(body);
}
