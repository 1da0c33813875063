import { RestoreKitError } from './restore-kit-error.ts';

/** An option or an argument is wrong. Thrown before any request is sent. */
export class ConfigurationError extends RestoreKitError {
  static override readonly brand: string = 'ConfigurationError';
  readonly code = 'configuration';
  /** The option or argument, as the caller wrote it: `from.pointInTime`. */
  declare readonly field: string;

  constructor(field: string, advice: string, options: { readonly cause?: unknown } = {}) {
    super(`${field}: ${advice}`, { field }, options);
  }
}
