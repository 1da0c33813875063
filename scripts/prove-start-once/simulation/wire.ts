import type { Clock } from '../../../src/clock/clock.ts';
import type { Emulator } from '../../../src/testing/emulator.ts';
import type { Environment } from './environments.ts';
import { byShare, logUniform, type Random } from './random.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** The share of starts with each fault. */
export interface StartFaults {
  /** It is performed, but the answer is lost. */
  readonly lost: number;
  /** It does not arrive. */
  readonly undelivered: number;
  /** A gateway answers 504, and the server performs it up to 10 minutes later. */
  readonly lateCommit: number;
  /** It takes up to two minutes. */
  readonly slow: number;
  /** The vendor refuses it in its own way, or a page of a gateway does. */
  readonly refused: number;
}

/** The share of other requests with each fault. */
export interface ReadFaults {
  readonly reset: number;
  readonly page: number;
  readonly slow: number;
  /** It gets the answer to the poll of another restore, as on a connection that is out of step. */
  readonly misrouted: number;
}

export interface WireFaults {
  readonly starts: StartFaults;
  readonly reads: ReadFaults;
}

/** A start that a server has performed. */
export interface Committed {
  readonly id: string;
  readonly at: number;
  readonly by: Call;
}

/** One call of `startOnce`. */
export interface Call {
  /** Starts that were sent because of it. */
  posts: number;
}

/** What has really happened for one key. */
export interface Truth {
  readonly key: string;
  readonly environment: Environment;
  readonly target: string;
  /** Starts that a process has sent. */
  posts: number;
  readonly committed: Committed[];
}

const START_PATHS = /\/(actions\/restore|restoreenvironment|startrestore|explore)$/i;
const ACTION_PATH = /\/action$/i;

/** The network between all processes of a world and its environments. */
export class Wire {
  readonly #base: Clock;
  readonly #random: Random;
  readonly #faults: WireFaults;
  /** Answers to polls, by the first two segments of their paths: what a proxy may mix up. */
  readonly #answers = new Map<string, { readonly key: string; readonly response: Response }[]>();
  /** A server processes one start after another, so that it is known which restore is new. */
  #starting: Promise<unknown> = Promise.resolve();

  constructor(base: Clock, random: Random, faults: WireFaults) {
    this.#base = base;
    this.#random = random;
    this.#faults = faults;
  }

  /** The `fetch` of a process for one key. */
  fetchOf(truth: Truth, process: SimulatedProcess, callNow: () => Call): Emulator['fetch'] {
    return (input, init) => {
      const { environment } = truth;
      const { pathname, search, origin } = new URL(String(input));
      const prefix = new URL(environment.baseUrl).pathname.replace(/\/$/, '');
      // The login of a system may be called without the prefix.
      const path = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname;
      const url = `${origin}${path}${search}`;
      const { signal, ...request } = init ?? {};
      const isStart = request.method === 'POST' && isStartOf(pathname, String(request.body));
      const send = async () => withPrefix(await environment.emulator.fetch(url, request), origin, prefix);
      const travelling = process.outside(() =>
        isStart ? this.#start(truth, callNow(), send) : this.#read(truth, url, send),
      );
      return untilAborted(travelling, signal);
    };
  }

  async #start(truth: Truth, call: Call, send: () => Promise<Response>): Promise<Response> {
    truth.posts += 1;
    call.posts += 1;
    const carryOut = () => this.#carriedOut(truth, call, send);
    const fault = byShare(this.#random, this.#faults.starts);
    await this.#base.sleep(
      fault === 'slow' ? logUniform(this.#random, 1_000, 120_000) : logUniform(this.#random, 1, 500),
    );
    if (fault === 'undelivered') throw connectionReset();
    if (fault === 'refused') return new Response('{"errors":[],"message":"no"}', { status: 403, headers: json });
    if (fault === 'lateCommit') {
      const delayMs = logUniform(this.#random, 1_000, 600_000);
      this.#base.sleep(delayMs).then(carryOut, () => undefined);
      await this.#base.sleep(Math.min(delayMs, 30_000));
      return new Response('<html>504 Gateway Time-out</html>', {
        status: 504,
        headers: { 'content-type': 'text/html' },
      });
    }
    const response = await carryOut();
    await this.#base.sleep(logUniform(this.#random, 1, 500));
    if (fault === 'lost') throw connectionReset();
    return response;
  }

  async #carriedOut(truth: Truth, call: Call, send: () => Promise<Response>): Promise<Response> {
    const work = this.#starting.then(async () => {
      const before = truth.environment.emulator.restores.length;
      const response = await send();
      for (const { id } of truth.environment.emulator.restores.slice(before)) {
        truth.committed.push({ id, at: this.#base.now(), by: call });
      }
      return response;
    });
    this.#starting = work.catch(() => undefined);
    return work;
  }

  async #read(truth: Truth, url: string, send: () => Promise<Response>): Promise<Response> {
    const fault = byShare(this.#random, this.#faults.reads);
    await this.#base.sleep(
      fault === 'slow' ? logUniform(this.#random, 1_000, 60_000) : logUniform(this.#random, 1, 200),
    );
    if (fault === 'reset') throw connectionReset();
    if (fault === 'page')
      return new Response('<html>502</html>', { status: 502, headers: { 'content-type': 'text/html' } });
    const response = await send();
    const kind = new URL(url).pathname.split('/').slice(1, 4).join('/');
    const seen = this.#answers.get(kind) ?? [];
    this.#answers.set(kind, seen);
    const others = seen.filter(({ key }) => key !== truth.key);
    if (response.ok) {
      seen.push({ key: truth.key, response: response.clone() });
      if (seen.length > 20) seen.shift();
    }
    const other = others[Math.floor(this.#random() * others.length)];
    return fault === 'misrouted' && other ? other.response.clone() : response;
  }
}

/** Whether a request is a start. An action is recognised by its body. */
function isStartOf(path: string, body: string): boolean {
  return START_PATHS.test(path) || (ACTION_PATH.test(path) && /"explore"/i.test(body));
}

const json = { 'content-type': 'application/json' };

function connectionReset(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
}

/** Adds the prefix of the gateway to addresses in answers of the server. */
async function withPrefix(response: Response, origin: string, prefix: string): Promise<Response> {
  if (prefix === '') return response;
  const headers = new Headers(response.headers);
  const location = headers.get('location');
  if (location) headers.set('location', location.replace(origin, origin + prefix));
  headers.delete('content-length');
  const text = (await response.text()).replaceAll(`${origin}/`, `${origin}${prefix}/`);
  return new Response(text === '' ? null : text, { status: response.status, headers });
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
}
