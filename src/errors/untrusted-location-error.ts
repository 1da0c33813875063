import { RestoreKitError } from './restore-kit-error.ts';

/** A server named a place to go on that is not of the vendor's path family. No request was sent there. */
export class UntrustedLocationError extends RestoreKitError {
  static override readonly brand: string = 'UntrustedLocationError';
  readonly code = 'untrusted-location';
  /** What the server sent, query removed. */
  readonly location: string;
  /** true where the vendor accepted a start in the same answer. */
  readonly started: boolean;

  constructor(message: string, options: { readonly location: string; readonly started?: boolean }) {
    super(message);
    this.location = options.location.replace(/[?#].*$/s, '');
    this.started = options.started ?? false;
  }

  protected override facts(): Record<string, unknown> {
    return { location: this.location, started: this.started };
  }
}
