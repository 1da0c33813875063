import { RestoreKitError } from './restore-kit-error.ts';

/**
 * `startOnce` refused: the key already belongs to a restore with another target or another input. Nothing was sent. Use
 * a new key for a new restore.
 */
export class KeyMismatchError extends RestoreKitError {
  static override readonly brand: string = 'KeyMismatchError';
  readonly code = 'key-mismatch';
  declare readonly key: string;
  /** What differs from the record of the key. */
  declare readonly differs: 'target' | 'input';

  constructor(message: string, details: { readonly key: string; readonly differs: 'target' | 'input' }) {
    const { key, differs } = details;
    super(message, { key, differs });
  }
}
