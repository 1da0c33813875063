import { describeCause } from './describe-cause.ts';

/**
 * Whether a restore was started by the call that failed, or before it.
 * - 'no': nothing was started.
 * - 'yes': the vendor accepted the start.
 * - 'unknown': a start may have been sent, and no answer says whether it took effect. Do not start again because of
 *   it.
 */
export type Started = 'no' | 'yes' | 'unknown';

/** The base class of all errors that this package throws on purpose. */
export abstract class RestoreKitError extends Error {
  /** @internal The name by which `isInstance` recognises a class of another copy of the package. */
  static readonly brand: string = 'RestoreKitError';

  /** A stable code for programs, such as `wait-timeout`. */
  abstract readonly code: string;

  /**
   * Whether a restore was started: 'no', 'yes' or 'unknown'. Start again only if it is 'no'. Errors of `poll()` and of
   * a wait say 'yes', because an operation exists.
   */
  declare readonly started: Started;

  readonly #facts: object;

  /** @param facts the fields of a subclass; they are part of its JSON form */
  constructor(
    message: string,
    facts: object = {},
    options: { readonly cause?: unknown; readonly started?: Started | undefined } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    Object.defineProperty(this, 'name', { value: new.target.brand, configurable: true, writable: true });
    Object.assign(this, facts);
    Object.defineProperty(this, 'started', { value: options.started ?? 'no', configurable: true, enumerable: true });
    this.#facts = facts;
  }

  get isRestoreKitError(): true {
    return true;
  }

  /** Whether it is safe to make the same call again. Always false once a restore may have been started. */
  get isRetryable(): boolean {
    return false;
  }

  /**
   * Like `instanceof`, but also true for errors from another copy of the package: the other module format, or another
   * installed version.
   */
  static isInstance<T extends abstract new (...args: never[]) => RestoreKitError>(
    this: T & { readonly brand: string },
    value: unknown,
  ): value is InstanceType<T> {
    if (!(value instanceof Error)) return false;
    let prototype: unknown = Object.getPrototypeOf(value);
    while (prototype !== null && typeof prototype === 'object') {
      const maker: unknown = Reflect.get(prototype, 'constructor');
      if (typeof maker === 'function' && Reflect.get(maker, 'brand') === this.brand) return true;
      prototype = Object.getPrototypeOf(prototype);
    }
    return false;
  }

  /** The fields that are worth logging, without secrets. Response bodies and request headers are left out. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      isRetryable: this.isRetryable,
      started: this.started,
      ...this.facts(),
      ...(this.cause === undefined ? {} : { cause: describeCause(this.cause) }),
    };
  }

  /** The fields that a subclass adds to the JSON form. @default the `facts` of the constructor */
  protected facts(): object {
    return this.#facts;
  }
}
