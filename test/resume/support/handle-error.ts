import { expect } from 'vitest';
import { HandleError } from '../../../src/errors/index.ts';

/** The HandleError that a call throws; fails the test if it throws another one, or none. */
export function handleErrorOf(call: () => unknown): HandleError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(HandleError);
    return error as HandleError;
  }
  throw new Error('It was taken for a good handle.');
}
