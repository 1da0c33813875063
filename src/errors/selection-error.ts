import { RestoreKitError } from './restore-kit-error.ts';

/**
 * `find` or `latest` cannot choose one item: none matches, several match, or no item has a time. Nothing was started.
 * Correct the name or the filter, or choose one of `found`.
 */
export class SelectionError<Item = unknown> extends RestoreKitError {
  static override readonly brand: string = 'SelectionError';
  readonly code = 'selection';
  /**
   * - 'none': no item matches.
   * - 'several': more than one item matches; none of them is chosen.
   * - 'no-time': there are items, but none of them has a creation time.
   */
  declare readonly reason: 'none' | 'several' | 'no-time';
  /** The items that were found, as `list` yields them. Empty for 'none'. */
  declare readonly found: readonly Item[];

  constructor(
    message: string,
    details: { readonly reason: 'none' | 'several' | 'no-time'; readonly found?: readonly Item[] | undefined },
  ) {
    const { reason, found = [] } = details;
    super(message, { reason, found });
  }
}
