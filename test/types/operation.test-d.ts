import { describe, expectTypeOf, it } from 'vitest';
import type { OperationStatus, ReadyResult } from '../../src/operation/index.ts';
import { defineOperation, waitForCompletion, watch } from '../../src/operation/index.ts';
import { progressProtocol } from '../../src/protocols/progress.ts';
import { statusCodeProtocol } from '../../src/protocols/status-code.ts';

declare const status: OperationStatus<{ rows: number }>;
const fetchStatus = async () => ({ status: 200, headers: {}, body: {} });

it('a status is a closed union: what it holds follows from its state', () => {
  switch (status.state) {
    case 'running':
      expectTypeOf(status.pollAfterMs).toEqualTypeOf<number | undefined>();
      break;
    case 'succeeded':
    case 'partial':
      expectTypeOf(status.result).toEqualTypeOf<{ rows: number }>();
      break;
    case 'failed':
      expectTypeOf(status.failure.message).toEqualTypeOf<string>();
      break;
    case 'canceled':
      break;
    default:
      expectTypeOf(status).toBeNever();
  }
});

it('the result of a vendor’s protocol comes out of the wait', () => {
  const poll = statusCodeProtocol({ fetchStatus, result: (body) => ({ rows: Number(body.rows) }) });
  const operation = defineOperation({ kind: 'acme/restore', id: '1', startedAt: new Date(0), poll });
  expectTypeOf(waitForCompletion(operation)).resolves.toHaveProperty('result').toEqualTypeOf<{ rows: number }>();
  expectTypeOf(waitForCompletion(operation, { until: 'ready' })).resolves.toEqualTypeOf<ReadyResult>();
});

it('watching yields states, and when there is nothing to see', () => {
  const poll = progressProtocol({ fetchStatus, read: () => undefined, result: () => 5 });
  const operation = defineOperation({ kind: 'acme/restore', id: '1', startedAt: new Date(0), poll });
  type Update = ReturnType<typeof watch<number>> extends AsyncGenerator<infer U> ? U : never;
  expectTypeOf(watch(operation)).toExtend<AsyncIterable<Update>>();
  expectTypeOf<Update['state']>().toEqualTypeOf<
    'running' | 'succeeded' | 'partial' | 'failed' | 'canceled' | 'unreachable'
  >();
});

describe('accept', () => {
  it("is 'partial', undefined or left out", () => {
    expectTypeOf<Parameters<typeof waitForCompletion>[1]>().toExtend<
      { readonly accept?: 'partial' | undefined } | undefined
    >();
  });
});
