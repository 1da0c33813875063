import type { Operation, OperationHandle } from './operation.ts';
import { SOURCE } from './operation-source.ts';
import { sourceOf } from './source-of.ts';
import type { OperationStatus } from './status.ts';

/**
 * An operation with members of its own: a resource that can be used as well as waited for. Waits, `watch` and `startOnce`
 * treat it as the operation that it is made of.
 */
export abstract class OperationResource<Result> implements Operation<Result> {
  readonly kind: string;
  readonly id: string;
  readonly startedAt: Date;
  readonly #operation: Operation<Result>;

  /** @throws {ConfigurationError} it is no operation */
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
