import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { Operation } from '../operation/operation.ts';
import type { CallOptions } from './client-options.ts';
import { toDate } from './dates.ts';
import { makeOperation } from './make-operation.ts';
import type { OperationKind } from './operation-kind.ts';
import { type AnyRequest, type AnyResponse, sendAnyRequest } from './request.ts';
import { reconcileLostStart } from './start.ts';
import type { System } from './system.ts';

/** A start whose process died, as `startOnce` tells of it. */
export interface DeadStart {
  readonly startedAt: Date;
  readonly target: { readonly instance?: string | undefined };
  readonly note?: string | undefined;
  /** What `takeBaseline` of the client answered before it. */
  readonly baseline?: unknown;
}

/** Options of `attach` that every system has. */
export interface CommonAttachOptions {
  /** The vendor's id of what is followed. */
  readonly id: string;
  /** When it was started, where you know it; a text needs a zone. @default now */
  readonly startedAt?: Date | string | undefined;
  /** Your own remark; travels in the handle, the events and the errors. */
  readonly note?: string | undefined;
}

/** What the clients of all systems do alike. */
export abstract class SystemClient {
  /** Base URL of the system, normalised, with the prefix of a gateway. */
  readonly baseUrl: string;
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
    this.baseUrl = system.baseUrl;
  }

  /**
   * Calls an endpoint that this client does not wrap, with its login, limits and redaction. The path is relative to
   * `baseUrl`. GET and HEAD are repeated where that can help; other methods are sent once.
   * @throws {ConfigurationError} the path leads elsewhere, or an argument is wrong; nothing was sent
   * @throws {ApiError} the system answered 300 or above
   * @throws {WriteOutcomeUnknownError} a change was sent, and its answer was lost
   * @example
   * const { body } = await client.request({ method: 'GET', path: '/things', query: { limit: 5 } });
   */
  request(request: AnyRequest, options: CallOptions = {}): Promise<AnyResponse> {
    return sendAnyRequest(this.#system, request, options);
  }
}

/** Follows an operation that somebody else has started. Sends nothing. */
export function attachOperation<Facts extends object, Result, S extends System>(
  system: S,
  kind: OperationKind<Facts, Result, S>,
  options: CommonAttachOptions & { readonly facts: Facts },
): Operation<Result> {
  const { id, startedAt, note, facts } = options;
  const at = startedAt === undefined ? new Date(system.clock.now()) : toDate('startedAt', startedAt);
  return makeOperation(system, kind, { id, startedAt: at, note, facts });
}

/** What can be told of a start whose process died, for `startOnce`. Reads, never writes. */
export function reconcileDeadStart<Facts extends object, Result, S extends System>(
  system: S,
  kind: OperationKind<Facts, Result, S>,
  dead: DeadStart,
  options: ReconcileOptions,
): Promise<Reconciliation<Operation<Result>>> {
  const { startedAt, note, baseline, target } = dead;
  const facts = kind.factsOfTarget(target.instance ?? '');
  return reconcileLostStart(system, kind, { startedAt, note, baseline, facts, wasAccepted: false }, options);
}
