import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { Operation } from '../operation/operation.ts';
import type { CallOptions } from './client-options.ts';
import { toDate } from './dates.ts';
import { makeOperation } from './make-operation.ts';
import type { OperationKind } from './operation-kind.ts';
import { type AnyRequest, type AnyResponse, sendAnyRequest } from './request.ts';
import { reconcileLostStart } from './start.ts';
import type { System } from './system.ts';

/** A start whose process died, as `startOnce` has recorded it. */
export interface DeadStart {
  readonly startedAt: Date;
  readonly target: { readonly instance?: string | undefined };
  readonly note?: string | undefined;
  /** What `takeBaseline` of the client returned before the start. */
  readonly baseline?: unknown;
}

/** Options of `attach` for every system. */
export interface CommonAttachOptions {
  /** The vendor's id of the operation. */
  readonly id: string;
  /** When the operation was started, if you know it. A text needs a zone. @default now */
  readonly startedAt?: Date | string | undefined;
  /** Your own remark. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
}

/** The base class of the clients of all systems. */
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
   * Calls an endpoint that this client has no method for, with the login, the limits and the redaction of the client.
   * The path is relative to `baseUrl`. GET and HEAD are repeated after a temporary failure; other methods are sent
   * once.
   * @throws {ConfigurationError} the path leads out of `baseUrl`, or an argument is wrong; nothing was sent
   * @throws {ApiError} the system answered 300 or above
   * @throws {WriteOutcomeUnknownError} a change was sent, and its answer was lost
   * @example
   * const { body } = await client.request({ method: 'GET', path: '/things', query: { limit: 5 } });
   */
  request(request: AnyRequest, options: CallOptions = {}): Promise<AnyResponse> {
    return sendAnyRequest(this.#system, request, options);
  }
}

/** Makes an operation for something that was started elsewhere. Sends nothing. */
export function attachOperation<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kind: OperationKind<Facts, Result, S, Op>,
  options: CommonAttachOptions & { readonly facts: Facts },
): Op {
  const { id, startedAt, note, facts } = options;
  const at = startedAt === undefined ? new Date(system.clock.now()) : toDate('startedAt', startedAt);
  return makeOperation(system, kind, { id, startedAt: at, note, facts });
}

/** Asks the vendor about a start whose process died, for `startOnce`. It only reads. */
export function reconcileDeadStart<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kind: OperationKind<Facts, Result, S, Op>,
  dead: DeadStart,
  options: ReconcileOptions,
): Promise<Reconciliation<Op>> {
  const { startedAt, note, baseline, target } = dead;
  const facts = kind.factsOfTarget(target.instance ?? '');
  return reconcileLostStart(system, kind, { startedAt, note, baseline, facts, wasAccepted: false }, options);
}
