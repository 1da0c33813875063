import { resume, waitForAll } from 'restorekit';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { defineOperation, handleToText, waitForCompletion } from 'restorekit/operation';
import { cloudFoundryEmulator, docspaceCredentials, virtualClock } from 'restorekit/testing';
import { VeeamM365V5Client, veeamPassword } from 'restorekit/veeam-m365';
import { describe, it } from 'vitest';
import { counted, expectHelp, type Mistake, SECRET, untyped } from './mistake.ts';

const BASE = 'https://system.example.org';
const clock = virtualClock();
const counter = counted(cloudFoundryEmulator({ clock, scenario: { durationMs: 3_600_000 } }).fetch);
const auth = uaaPassword({ username: 'admin', password: SECRET });
const common = { baseUrl: BASE, fetch: counter.fetch, clock };
const cf = new CloudFoundryClient({ ...common, auth: uaaPassword({ username: 'admin', password: 'secret' }) });
const into = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
const operation = await cf.serviceInstances.restore({ into, from: 'server-default' });
const handle = operation.toJSON();
const text = handleToText(handle);

describe('a wait', () => {
  it.each<[string, unknown, RegExp]>([
    ['of a plain object', { kind: operation.kind, id: operation.id }, /operation: must have poll\(\), toJSON\(\)/],
    ['of a handle', handle, /operation: is a handle. Make an operation of it first: client.resume\(handle\)/],
    ['of a promise', Promise.resolve(operation), /operation: is a Promise. Await the call that starts the restore/],
    ['of an id', operation.id, /operation: is a text.*client.resume\(handle\)/],
    ['of nothing', undefined, /operation: must be an operation; got undefined/],
  ])('%s', (_, what, says) =>
    expectHelp({ make: () => waitForCompletion(untyped(what)), is: 'ConfigurationError', says: [says] }, counter),
  );

  it.each<[string, object, RegExp]>([
    ['timeout', { timeout: 60_000 }, /timeout: is not known here. Did you mean 'timeoutMs'/],
    ['time_out_ms', { time_out_ms: 60_000 }, /time_out_ms: is not known here. Did you mean 'timeoutMs'/],
    ['a time limit in words', { timeoutMs: '5m' }, /timeoutMs: must be a number above 0; got 5m/],
    ['no time at all', { timeoutMs: 0 }, /timeoutMs: must be a number above 0; got 0/],
    ['accept: true', { accept: true }, /accept: must be 'partial' or left out/],
    ['a readiness that a restore does not have', { until: 'ready' }, /until: must be left out.*is never 'ready'/],
    [
      'the controller as signal',
      { signal: new AbortController() },
      /signal: must be an AbortSignal. Pass `controller.signal`/,
    ],
    ['a text as callback', { onProgress: 'print' }, /onProgress: must be a function/],
    ['a number as cadence', { cadence: 5_000 }, /cadence: must be a function/],
    ['a text as clock', { clock: 'utc' }, /clock: must/],
  ])('with %s', (_, options, says) =>
    expectHelp(
      { make: () => waitForCompletion(operation, untyped(options)), is: 'ConfigurationError', says: [says] },
      counter,
    ),
  );

  it('of one operation where there may be several', () =>
    expectHelp({
      make: () => waitForAll(untyped(operation)),
      is: 'ConfigurationError',
      says: [/operations: must be an array or another iterable of operations/],
    }));

  it('that is aborted before it begins', () =>
    expectHelp(
      {
        make: () => waitForCompletion(cf.resume(handle), { signal: AbortSignal.abort() }),
        is: 'WaitAbortedError',
        started: 'yes',
        says: [/the operation itself was not canceled/, /Do not start it again. Resume with the handle/],
      },
      counter,
    ));

  it('that is shorter than the restore', () =>
    expectHelp(
      {
        make: () => waitForCompletion(cf.resume(handle), { timeoutMs: 60_000 }),
        is: 'WaitTimeoutError',
        started: 'yes',
        sends: true,
        says: [/deadline/, /Handle: rk1_/],
      },
      counter,
    ));
});

describe('a handle', () => {
  const v5 = new VeeamM365V5Client({ ...common, auth: veeamPassword({ username: 'a', password: SECRET }) });
  const docspace = new DocSpaceClient({ ...common, auth: docspaceApiKey(docspaceCredentials.apiKey) });
  const elsewhere = new CloudFoundryClient({ ...common, auth, baseUrl: 'https://other.example.org' });

  it.each<[string, () => unknown, RegExp]>([
    ['that is nonsense', () => cf.resume('nonsense'), /handle.text: must begin with rk1_, or be the JSON of a handle/],
    [
      'that is only the id',
      () => cf.resume(handle.id),
      /handle.text: must begin with rk1_, or be the JSON of a handle/,
    ],
    [
      'that is undefined',
      () => cf.resume(untyped(undefined)),
      /handle.v: is missing.*pass all that operation.toJSON\(\) returned/,
    ],
    [
      'that is a number',
      () => cf.resume(untyped(4711)),
      /handle.v: is missing.*pass all that operation.toJSON\(\) returned/,
    ],
    [
      'that is the result of a wait',
      () => cf.resume(untyped({ state: 'succeeded' })),
      /handle.v: is missing.*pass all that operation.toJSON\(\) returned/,
    ],
    ['that is in a list', () => cf.resume(untyped([handle])), /handle.v: is missing/],
    [
      'that was written as JSON twice',
      () => cf.resume(JSON.stringify(JSON.stringify(handle))),
      /handle.text: .*written as JSON twice. Read it as JSON once/,
    ],
    [
      'that was cut',
      () => cf.resume(text.slice(0, -8)),
      /handle.text: was truncated or changed; copy the whole text again/,
    ],
    [
      'of which a letter was changed',
      () => cf.resume(text.replace('rk1_', 'rk1_0').slice(0, text.length)),
      /handle.text: was truncated or changed/,
    ],
    [
      'of a newer version of the package',
      () => cf.resume(untyped({ ...handle, v: 2 })),
      /handle.v: is 2: a newer version.*Update the package/,
    ],
    [
      'without its time',
      () => cf.resume(untyped({ ...handle, startedAt: undefined })),
      /handle.startedAt: is damaged.*use the handle as it was saved/,
    ],
    [
      'whose time has lost its zone',
      () => cf.resume({ ...handle, startedAt: '2026-04-23T08:48:06' }),
      /handle.startedAt: is damaged/,
    ],
    [
      'of another address',
      () => elsewhere.resume(handle),
      /handle.baseUrl: is https:\/\/system.example.org; the base URL of this client is https:\/\/other/,
    ],
    [
      'of another system',
      () => docspace.resume(handle),
      /handle.kind: is 'cloud-foundry\/.*this client resumes docspace\/restore/,
    ],
    [
      'that none of the clients knows',
      () => resume<typeof docspace | typeof v5>(handle, [docspace, v5]),
      /handle.kind: .*none of the clients can resume it/,
    ],
    [
      'of which the client is at another address',
      () => resume(handle, [elsewhere]),
      /handle.baseUrl: .*the base URLs of the clients of that kind are https:\/\/other/,
    ],
  ])('%s', (_, make, says) =>
    expectHelp({ make, is: 'HandleError', says: [says, /Do not start the restore again/] }, counter),
  );

  it('with one client instead of a list', () =>
    expectHelp({
      make: () => resume(handle, untyped(cf)),
      is: 'ConfigurationError',
      says: [/clients: must be a list: resume\(handle, \[client\]\)/],
    }));
});

describe('an operation of your own', () => {
  const good = { kind: 'acme/restore', id: '7', startedAt: new Date(0), poll: () => ({ state: 'running' }) };
  const make = (more: object) => () => defineOperation(untyped({ ...good, ...more }));
  const rows: readonly (readonly [string, () => unknown, RegExp, Partial<Mistake>?])[] = [
    ['without a poll', make({ poll: undefined }), /poll: must be a function that returns a status/],
    ['with a number as id', make({ id: 7 }), /id: must be a string that is not empty/],
    [
      'with a date without a zone',
      make({ startedAt: '2026-01-01' }),
      /startedAt: must be a Date or an ISO 8601 text with a zone/,
    ],
    ['with timeout', make({ timeout: 7 }), /timeout: is not known here. Did you mean 'timeoutMs'/],
    [
      'that polls a word',
      () => defineOperation(untyped({ ...good, poll: () => 'done' })).poll(),
      /poll: must return a status whose state is one of running/,
      { started: 'yes' },
    ],
    [
      'that polls a state of its own',
      () => defineOperation(untyped({ ...good, poll: () => ({ state: 'done' }) })).poll(),
      /it was 'done'/,
      { started: 'yes' },
    ],
  ];
  for (const [what, make, says, more] of rows) {
    it(what, () => expectHelp({ make, is: 'ConfigurationError', says: [says], ...more }));
  }
});
