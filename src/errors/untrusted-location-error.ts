import { RestoreKitError } from './restore-kit-error.ts';

/** A server named a place to go on that is not of the vendor's path family. No request was sent there. */
export class UntrustedLocationError extends RestoreKitError {
  static override readonly brand: string = 'UntrustedLocationError';
  readonly code = 'untrusted-location';
  /** What the server sent, query removed. */
  declare readonly location: string;
  /** true where the vendor accepted a start in the same answer. */
  declare readonly started: boolean;

  constructor(message: string, options: { readonly location: string; readonly started?: boolean }) {
    const { location, started = false } = options;
    super(message, { location: location.replace(/[?#].*$/s, ''), started });
  }
}
