import type { Operation, OperationHandle } from './operation.ts';
import { SOURCE } from './operation-source.ts';
import { sourceOf } from './source-of.ts';
import type { OperationStatus } from './status.ts';

/**
 * An operation with additional members, which is also a resource that can be used. Waits, `watch` and `startOnce` treat
 * it like the operation that it was made from.
 */
export abstract class OperationResource<Result> implements Operation<Result> {
  readonly kind: string;
  readonly id: string;
  readonly startedAt: Date;
  readonly #operation: Operation<Result>;

  /** @throws {ConfigurationError} the value is no operation */
  constructor(operation: Operation<Result>) {
    this.#operation = operation;
    this.kind = operation.kind;
    this.id = operation.id;
    this.startedAt = operation.startedAt;
    Object.defineProperty(this, SOURCE, { value: sourceOf(operation) });
  }

  get baseUrl(): string | undefined {
    return this.#operation.baseUrl;
  }

  get note(): string | undefined {
    return this.#operation.note;
  }

  poll(options: { readonly signal?: AbortSignal } = {}): Promise<OperationStatus<Result>> {
    return this.#operation.poll(options);
  }

  toJSON(): OperationHandle {
    return this.#operation.toJSON();
  }
}
