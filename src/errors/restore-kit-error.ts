import { describeCause } from './describe-cause.ts';

/**
 * Whether a restore was started by the call that failed, or before it.
 * - 'no': nothing was started.
 * - 'yes': the vendor accepted the start.
 * - 'unknown': a start may have left, and no answer tells what became of it. Never start again because of it.
 */
export type Started = 'no' | 'yes' | 'unknown';

/** The base of everything that this package throws on purpose. */
export abstract class RestoreKitError extends Error {
  /** @internal The name by which `isInstance` knows a class in another copy of the package. */
  static readonly brand: string = 'RestoreKitError';

  /** A stable word for programs, such as `wait-timeout`. */
  abstract readonly code: string;

  /**
   * Whether a restore was started: 'no', 'yes' or 'unknown'. Only 'no' allows another start. An error of `poll()` or of a
   * wait says 'yes', since there is an operation.
   */
  declare readonly started: Started;

  readonly #facts: object;

  /** @param facts the fields of a subclass, which its JSON form shows as well */
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

  /** Whether the same call may be made again without harm. Always false once a restore may have been started. */
  get isRetryable(): boolean {
    return false;
  }

  /**
   * `instanceof` that also holds when the error comes from the other format's copy of the package, or from another
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

  /** Everything worth logging, and no secret: vendor bodies and request headers are left out. */
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

  /** What a subclass adds to the JSON form. @default its fields */
  protected facts(): object {
    return this.#facts;
  }
}
