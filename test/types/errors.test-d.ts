import { expectTypeOf, it } from 'vitest';
import * as errors from '../../src/errors/index.ts';
import type { SeenHandle } from '../../src/errors/wait-facts.ts';

declare const thrown: unknown;

it('isInstance narrows to the class that it is asked of', () => {
  if (errors.RateLimitError.isInstance(thrown)) {
    expectTypeOf(thrown).toEqualTypeOf<errors.RateLimitError>();
    expectTypeOf(thrown.retryAfterMs).toEqualTypeOf<number | undefined>();
  }
  if (errors.OutcomeUnknownError.isInstance(thrown))
    expectTypeOf(thrown.handle).toEqualTypeOf<SeenHandle | undefined>();
  if (errors.ConfigurationError.isInstance(thrown)) expectTypeOf(thrown.field).toEqualTypeOf<string>();
  if (errors.OutageError.isInstance(thrown)) expectTypeOf(thrown.reason).toEqualTypeOf<'unreachable' | 'gone'>();
  if (errors.RestoreKitError.isInstance(thrown)) expectTypeOf(thrown.isRetryable).toEqualTypeOf<boolean>();
});

it('kinds of ApiError are ApiErrors, and unknown outcomes are OutcomeUnknownErrors', () => {
  expectTypeOf<errors.AuthenticationError>().toExtend<errors.ApiError>();
  expectTypeOf<errors.ServerError>().toExtend<errors.ApiError>();
  expectTypeOf<errors.StartOutcomeUnknownError>().toExtend<errors.OutcomeUnknownError>();
  expectTypeOf<errors.WaitTimeoutError>().toExtend<errors.OutcomeUnknownError>();
  expectTypeOf<errors.OutcomeUnknownError>().not.toExtend<errors.ApiError>();
});

it('a failure without an answer has no status', () => {
  expectTypeOf<errors.ConnectionError>().not.toHaveProperty('status');
  expectTypeOf<errors.ConnectionError['sent']>().toEqualTypeOf<'no' | 'unknown'>();
});

it('reconcile tells one of three', () => {
  expectTypeOf<errors.Reconciliation['outcome']>().toEqualTypeOf<'started' | 'not-started' | 'unknown'>();
});
