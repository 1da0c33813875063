import { RestoreKitError, type Started } from './restore-kit-error.ts';

/** A server named a place to go on that is not of the vendor's path family. No request was sent there. */
export class UntrustedLocationError extends RestoreKitError {
  static override readonly brand: string = 'UntrustedLocationError';
  readonly code = 'untrusted-location';
  /** What the server sent, query removed. */
  declare readonly location: string;

  constructor(message: string, options: { readonly location: string; readonly started?: Started }) {
    super(message, { location: options.location.replace(/[?#].*$/s, '') }, { started: options.started });
  }
}
