import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { bearerToken, VeeamM365V6Client } from '../../src/veeam-m365/index.ts';
import { endOf, MAILBOX, resultOf, SESSION, sessionBody } from './support.ts';

const DISPATCHER = Symbol.for('undici.globalDispatcher.1');

interface Dispatcher {
  dispatch(options: Record<string, unknown>, handler: unknown): boolean;
}

it('the fetch of Node, which ends any call after 300 s without an answer, has no such limit in a restore (VM-11)', async () => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.method === 'POST' ? { createdItemsCount: 1 } : sessionBody()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Node makes its dispatcher with the first fetch.
  await (await fetch(baseUrl)).text();
  const own: Dispatcher = Reflect.get(globalThis, DISPATCHER);
  const limits: unknown[] = [];
  Reflect.set(globalThis, DISPATCHER, {
    dispatch: (options: Record<string, unknown>, handler: unknown) => {
      limits.push([options.method, options.headersTimeout, options.bodyTimeout]);
      return own.dispatch(options, handler);
    },
  });
  try {
    const veeam = new VeeamM365V6Client({ baseUrl, auth: bearerToken('a-token-of-somebody') });

    const restored = await endOf(veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX));

    expect(resultOf(restored).created).toBe(1);
    expect(limits).toContainEqual(['POST', 0, 0]);
    const reads = limits.filter((each) => Array.isArray(each) && each[0] === 'GET');
    expect(reads).not.toEqual([]);
    for (const read of reads) expect(read).toEqual(['GET', undefined, undefined]);
  } finally {
    Reflect.set(globalThis, DISPATCHER, own);
    server.closeAllConnections();
    server.close();
  }
});
