import { RestoreKitError } from './restore-kit-error.ts';

/** A saved handle cannot be used: its version, system or baseUrl does not match, or it is damaged. Nothing was sent. */
export class HandleError extends RestoreKitError {
  static override readonly brand: string = 'HandleError';
  readonly code = 'handle';
  /** The field of the handle that is wrong: `v`, `kind`, `baseUrl`, `id` and so on. */
  declare readonly field: string;

  constructor(field: string, advice: string, options: { readonly cause?: unknown } = {}) {
    super(`handle.${field}: ${advice}`, { field }, options);
  }
}
