import { RestoreKitError, type Started } from './restore-kit-error.ts';

/** A server sent an address whose path is not one of the vendor's documented paths. No request was sent to it. */
export class UntrustedLocationError extends RestoreKitError {
  static override readonly brand: string = 'UntrustedLocationError';
  readonly code = 'untrusted-location';
  /** The address that the server sent, without its query. */
  declare readonly location: string;

  constructor(message: string, options: { readonly location: string; readonly started?: Started }) {
    super(message, { location: options.location.replace(/[?#].*$/s, '') }, { started: options.started });
  }
}
