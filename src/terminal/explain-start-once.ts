import type { KeyMismatchError } from '../errors/key-mismatch-error.ts';
import type { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
import type { StoreError } from '../errors/store-error.ts';
import { type Explanation, sentence, withStarted } from './explanation.ts';

// Explanations of why `startOnce` refused a start.

export function explainInProgress(error: RestoreInProgressError): Explanation {
  return {
    ...withStarted(error, {
      known: sentence(error.message),
      next: `Wait for the end of the other restore with its key, '${error.key}'.`,
    }),
    unknown: 'the state of the other restore.',
    handle: error.handle,
  };
}

export function explainKeyMismatch(error: KeyMismatchError): Explanation {
  return withStarted(error, { known: sentence(error.message), next: 'Use a new key for a new restore.' });
}

export function explainStore(error: StoreError): Explanation {
  const next =
    error.started === 'no'
      ? 'Repair the store, then run the same command again with the same key.'
      : 'Repair the store.';
  return { ...withStarted(error, { known: sentence(error.message), next }), handle: error.handle };
}
