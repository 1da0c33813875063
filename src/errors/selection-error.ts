import { RestoreKitError } from './restore-kit-error.ts';

/**
 * `find` or `latest` cannot choose one: nothing fits, several fit, or no item tells its time. Nothing was started.
 * Correct the name or the filter, or choose out of `found`.
 */
export class SelectionError<Item = unknown> extends RestoreKitError {
  static override readonly brand: string = 'SelectionError';
  readonly code = 'selection';
  /**
   * - 'none': nothing fits.
   * - 'several': more than one fits; never the first of them is taken.
   * - 'no-time': there are items, and none of them tells when it was made.
   */
  declare readonly reason: 'none' | 'several' | 'no-time';
  /** What was found, as `list` yields it. Empty for 'none'. */
  declare readonly found: readonly Item[];

  constructor(
    message: string,
    details: { readonly reason: 'none' | 'several' | 'no-time'; readonly found?: readonly Item[] | undefined },
  ) {
    const { reason, found = [] } = details;
    super(message, { reason, found });
  }
}
