/**
 * One adapter per helper. It waits until `check` resolves with true and polls every `intervalMs`, with as little extra
 * code as possible. `check(index)` is asynchronous; without `intervalMs` the helper uses its default.
 *
 * The measured code is plain JavaScript, which runs in node without a loader.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const HOUR_MS = 3_600_000;
const YEAR_S = 31_536_000;

/** A loop as a caller would write it by hand. No helper can be cheaper. */
function bare() {
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  return async (index, check, intervalMs = 30_000) => {
    for (;;) {
      if (await check(index)) return;
      await sleep(intervalMs);
    }
  };
}

async function restorekit() {
  const { defineOperation, waitForCompletion } = await import('../../dist/operation.js');
  return (index, check, intervalMs) => {
    const operation = defineOperation({
      kind: 'bench/restore',
      id: String(index),
      // With an interval, the operation is old, so that the first poll is at once, as with the others.
      startedAt: new Date(intervalMs === undefined ? Date.now() : Date.now() - 2 * HOUR_MS),
      poll: async () => ((await check(index)) ? { state: 'succeeded', result: undefined } : { state: 'running' }),
    });
    return waitForCompletion(operation, intervalMs === undefined ? {} : { cadence: () => intervalMs });
  };
}

async function coreLro() {
  const { createHttpPoller } = await import('@azure/core-lro');
  return async (index, check, intervalMs) => {
    const answer = (status, headers, body) => ({
      flatResponse: body,
      rawResponse: { statusCode: status, headers, body },
    });
    const poller = createHttpPoller(
      {
        sendInitialRequest: async () => {
          const rawResponse = {
            statusCode: 202,
            headers: { 'operation-location': `https://a.example/operations/${index}` },
            request: { method: 'POST', url: 'https://a.example/restore' },
            body: undefined,
          };
          return { flatResponse: undefined, rawResponse: { ...rawResponse, rawResponse } };
        },
        sendPollRequest: async () => answer(200, {}, { status: (await check(index)) ? 'Succeeded' : 'Running' }),
      },
      // Without this option, the final GET of the resource would be one more poll.
      { skipFinalGet: true, ...(intervalMs === undefined ? {} : { intervalInMs: intervalMs }) },
    );
    await poller.pollUntilDone();
  };
}

async function utilWaiter() {
  const { createWaiter } = await import('@smithy/util-waiter');
  return async (index, check, intervalMs) => {
    const delay = intervalMs === undefined ? {} : { minDelay: intervalMs / 1_000, maxDelay: intervalMs / 1_000 };
    await createWaiter({ client: {}, maxWaitTime: YEAR_S, ...delay }, {}, async () => {
      const isOver = await check(index);
      // The waiters of the SDK always return the answer as the reason.
      return { state: isOver ? 'SUCCESS' : 'RETRY', reason: { $metadata: { httpStatusCode: 200 } } };
    });
  };
}

function gax() {
  const { Operation } = require(`${dirOf('google-gax')}/build/src/longRunningCalls/longrunning.js`);
  return async (index, check, intervalMs) => {
    const name = `operations/${index}`;
    const operationsClient = {
      getOperationInternal: async () => {
        const done = await check(index);
        return [done ? { name, done, response: { value: 'done' } } : { name, done }];
      },
    };
    const backoff = {
      initialRetryDelayMillis: intervalMs ?? 100,
      retryDelayMultiplier: intervalMs === undefined ? 1.3 : 1,
      maxRetryDelayMillis: intervalMs ?? 60_000,
    };
    const descriptor = { operationsClient, responseDecoder: (value) => value, metadataDecoder: (value) => value };
    await new Operation({ name, done: false }, descriptor, backoff).promise();
  };
}

function oci() {
  const waiter = require(`${dirOf('oci-common')}/lib/waiter.js`);
  return async (index, check, intervalMs) => {
    const config = {
      terminationStrategy: new waiter.MaxTimeTerminationStrategy(YEAR_S),
      ...(intervalMs === undefined ? {} : { delayStrategy: new waiter.FixedTimeDelayStrategy(intervalMs / 1_000) }),
    };
    await waiter.genericWaiter(
      config,
      () => check(index),
      (isOver) => isOver,
    );
  };
}

async function pWaitFor() {
  const { default: waitFor } = await import('p-wait-for');
  return (index, check, intervalMs) =>
    waitFor(() => check(index), intervalMs === undefined ? {} : { interval: intervalMs });
}

/** The folder of a package, for inner files that are not in its `exports`. */
function dirOf(name) {
  const [, dir] = /^(.*node_modules\/[^/]+)\//.exec(require.resolve(name).replaceAll('\\', '/')) ?? [];
  return dir;
}

export const waiters = {
  bare,
  restorekit,
  'core-lro': coreLro,
  'util-waiter': utilWaiter,
  gax,
  oci: oci,
  'p-wait-for': pWaitFor,
};
