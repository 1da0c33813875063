import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { type Answer, connectionReset } from './answer.ts';
import { type Deviation, deviating } from './deviation.ts';
import { replacedAnswer } from './fault-answers.ts';
import { spoiltAnswer } from './fault-bodies.ts';
import { faultSelector } from './fault-selector.ts';
import { isReplacing, type ReplacingFault } from './fault-wire.ts';
import type { CommonFaults, Outage } from './faults.ts';
import { answerOutage, isWithin } from './faults.ts';
import { type EmulatorServer, listenOnLoopback } from './listen.ts';
import { wireFaultsOf } from './named-faults.ts';
import { matchRoute, type Route } from './route.ts';

/** A request that an emulator received. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  /** Path without query, as sent. */
  readonly path: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When it arrived by the emulator's clock, in milliseconds since the epoch. */
  readonly at: number;
  /** The operation of the vendor's API that it was routed to, if any. */
  readonly operationId: string | undefined;
}

/** A restore that the emulated system really performs. Compare the verdict of a client with it. */
export interface EmulatedRestore {
  readonly id: string;
  readonly startedAt: number;
  /** How the restore ends or has ended; 'never' if it does not end in the scenario. */
  readonly truth: 'succeeded' | 'partial' | 'failed' | 'canceled' | 'never';
}

/** A stateful emulation of one product, without a network or on a loopback port. */
export interface Emulator {
  /** A function with the signature of the standard `fetch`. Pass it to a client as `fetch`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Serves the emulator on a free loopback port. */
  listen(): Promise<EmulatorServer>;
  readonly requests: readonly RecordedRequest[];
  /** All restores that were really started. More than one entry after one call means a second restore. */
  readonly restores: readonly EmulatedRestore[];
  /**
   * All calls that the emulator answers, with path templates as in the OpenAPI document and without the prefix of a
   * gateway.
   */
  readonly routes: readonly EmulatedRoute[];
  /** Deliberate differences from the OpenAPI document, with reasons. */
  readonly deviations: readonly Deviation[];
}

export type EmulatedRoute = Pick<Route, 'operationId' | 'method' | 'path' | 'role'>;

export interface EmulatorOptions<S> {
  /** @default the system's clock */
  readonly clock?: Clock;
  /** What happens: an object, or the name of one of the emulator's scenarios. */
  readonly scenario?: S;
}

export interface ScenarioBase {
  /** What the scenario shows, in one sentence. */
  readonly description?: string;
  /** Codes of the traps that the scenario shows; see docs/traps.md. */
  readonly traps?: readonly string[];
  /** false if the answers deliberately do not have the vendor's documented format. @default true */
  readonly inSpec?: boolean;
  /** How long the restore takes, in milliseconds. */
  readonly durationMs?: number;
  readonly faults?: CommonFaults;
}

/** One product: its routes. Their state is kept by the function that makes the emulator. */
export interface EmulatedSystem {
  readonly routes: readonly Route[];
  /** Restores in the order in which they were started. */
  readonly restores: readonly EmulatedRestore[];
  /** Runs before routing, for authentication or a locked portal. If it returns an answer, no route is called. */
  guard?(call: {
    readonly request: Request;
    readonly route: Route | undefined;
    /** Status requests so far, this one included. */
    readonly polls: number;
  }): Answer | undefined;
  /** The answer if no route matches. */
  notFound(request: Request): Answer;
  /** The product's 401. @default a 401 without a body */
  unauthorized?(request: Request): Answer;
  /** Operations of the OpenAPI document that the emulator does not have, each with the reason. */
  readonly notEmulated?: Readonly<Record<string, string>>;
  /** Path of a gateway before every path of the product. */
  readonly gatewayPrefix?: string | undefined;
}

/** Makes the emulator of a system. */
export function createEmulator(options: {
  readonly clock?: Clock | undefined;
  readonly faults?: CommonFaults | undefined;
  readonly system: (context: { readonly clock: Clock }) => EmulatedSystem;
}): Emulator {
  const clock = options.clock ?? systemClock;
  const faults = options.faults ?? {};
  const system = options.system({ clock });
  const requests: RecordedRequest[] = [];
  const wireFaults = [...(faults.wire ?? []), ...wireFaultsOf(faults)];
  if (wireFaults.some(({ kind }) => kind === 'misrouted') && !system.routes.some(({ another }) => another)) {
    throw new RangeError('This emulator has no answer about another operation: misroutedAnswer cannot be staged.');
  }
  const faultOf = faultSelector(wireFaults);
  let polls = 0;
  let lastCallAt: number | undefined;

  const elapsedMs = (): number => clock.now() - (system.restores[0]?.startedAt ?? clock.now());

  const activeOutage = (pollCount: number): Outage | undefined => {
    const began = system.restores[0]?.startedAt;
    if (began === undefined || faults.outage === undefined) return undefined;
    const windows = Array.isArray(faults.outage) ? faults.outage : [faults.outage as Outage];
    return windows.find((window) => isWithin(window, { elapsedMs: clock.now() - began, polls: pollCount }));
  };

  const answer = async (request: Request): Promise<Answer> => {
    const url = new URL(request.url);
    const matched = matchRoute(system.routes, request.method, url.pathname);
    const route = matched?.route;
    const role = route?.role ?? 'other';
    const body = request.body === null ? '' : await request.clone().text();
    const idleMs = lastCallAt === undefined ? undefined : clock.now() - lastCallAt;
    const pollCount = role === 'poll' ? polls + 1 : polls;
    const outage = activeOutage(pollCount);
    const isRefused = !outage && role === 'start' && faults.refuseStart !== undefined;
    const isOpen = !outage && !isRefused;
    const fault = isOpen ? faultOf({ role, elapsedMs: elapsedMs(), polls: pollCount, idleMs }) : undefined;
    // The connection is closed then, and the next call opens a new one.
    const isLost = fault !== undefined && isReplacing(fault) && fault.delivered === false;
    lastCallAt = isLost ? undefined : clock.now();
    if (isLost) return connectionReset;
    polls = pollCount;
    requests.push({
      method: request.method,
      url: request.url,
      path: url.pathname,
      headers: Object.fromEntries(request.headers),
      body,
      at: clock.now(),
      operationId: route?.operationId,
    });

    if (outage) return deviating(await answerOutage(outage, { clock, signal: request.signal }), 'outage');
    if (isRefused) {
      const { status, body: text = '', headers = {} } = faults.refuseStart ?? { status: 503 };
      return deviating(new Response(text, { status, headers }), 'refuseStart');
    }
    const call = () => ({
      request,
      url,
      params: matched?.params ?? {},
      body,
      polls,
      json: () => JSON.parse(body === '' ? 'null' : body),
    });
    const carryOut = async (): Promise<Answer> => {
      const guarded = system.guard?.({ request, route, polls });
      if (guarded) return guarded;
      if (!route) return system.notFound(request);
      const result = await route.handle(call());
      const delay = faults.slow?.[role];
      if (delay) await clock.sleep(delay, request.signal);
      return role === 'start' && faults.loseStartResponse ? connectionReset : result;
    };
    const context = { clock, signal: request.signal };
    if (fault && isReplacing(fault)) {
      await carryOutUnseen(carryOut, fault, clock);
      const own = {
        unauthorized: () => system.unauthorized?.(request) ?? new Response(null, { status: 401 }),
        another: () => route?.another?.(call()) ?? system.notFound(request),
      };
      return deviating(await replacedAnswer(fault, { ...context, own }), `fault ${fault.kind}`);
    }
    const result = await carryOut();
    return fault ? deviating(await spoiltAnswer(result, fault, context), `fault ${fault.kind}`) : result;
  };

  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      // Uses the caller's own signal, because the signal that a Request derives from it may be garbage collected before
      // it aborts.
      const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
      signal.throwIfAborted();
      const result = await raceWithAbort(answer(request), signal);
      if (result === connectionReset) {
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
        });
      }
      return result as Response;
    },
    listen: () => listenOnLoopback(answer),
    requests,
    get restores() {
      return system.restores;
    },
    routes: describeRoutes(system),
    deviations: describeDeviations(system),
  };
}

function describeRoutes({ routes, gatewayPrefix = '' }: EmulatedSystem): EmulatedRoute[] {
  return routes.map(({ operationId, method, path, role }) => {
    return { operationId, method, path: path.slice(gatewayPrefix.length), role };
  });
}

function describeDeviations({ routes, notEmulated = {} }: EmulatedSystem): Deviation[] {
  const beyond = routes.flatMap(({ operationId, beyondSpec }): Deviation[] => {
    return beyondSpec === undefined ? [] : [{ operationId, kind: 'beyond-the-spec', reason: beyondSpec }];
  });
  const absent = Object.entries(notEmulated).map(([operationId, reason]): Deviation => {
    return { operationId, kind: 'not-emulated', reason };
  });
  return [...beyond, ...absent];
}

/** Performs a call whose answer is replaced, if the fault says so. */
async function carryOutUnseen(
  carryOut: () => Promise<Answer>,
  { carriedOut = false }: ReplacingFault,
  clock: Clock,
): Promise<void> {
  if (carriedOut === true) await carryOut();
  else if (carriedOut !== false)
    clock
      .sleep(carriedOut.afterMs)
      .then(carryOut)
      .catch(() => undefined);
}

function raceWithAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
