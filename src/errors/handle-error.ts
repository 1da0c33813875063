import { RestoreKitError } from './restore-kit-error.ts';

/** A saved handle cannot be used here: wrong version, other system, other baseUrl, or damaged. Nothing was sent. */
export class HandleError extends RestoreKitError {
  static override readonly brand: string = 'HandleError';
  readonly code = 'handle';
  /** The field of the handle that does not fit: `v`, `kind`, `baseUrl`, `id` ... */
  declare readonly field: string;

  constructor(field: string, advice: string, options: { readonly cause?: unknown } = {}) {
    super(`handle.${field}: ${advice}`, { field }, options);
  }
}
