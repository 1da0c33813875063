import type { System } from '../client/system.ts';
import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import { ApiError } from '../errors/api-error.ts';
import { isObject, type JsonObject, type PollResponse, textOf } from '../protocols/poll-response.ts';
import type { Dialect } from './dialect.ts';
import { keyOf } from './session-key.ts';

/** From so many sessions up that are polled, one list serves them all. */
const FEWEST_SESSIONS = 5;
/** The longest page that the server gives, so that one request is enough. */
const LONGEST_PAGE = 10_000;
/** A session that was not polled for so long is no longer waited for. */
const FORGOTTEN_AFTER_MS = 5 * 60_000;
/** A list of this age is still news to a session that is polled for the first time. */
const FRESH_MS = 1_000;
/** A server that refuses the list is not asked for it again for so long. */
const REFUSED_MS = 10 * 60_000;

type PollOptions = { readonly signal?: AbortSignal | undefined };

interface Snapshot {
  readonly takenAt: number;
  readonly answer: Promise<PollResponse>;
  readonly sessions: Promise<ReadonlyMap<string, JsonObject> | undefined>;
  readonly control: AbortController;
  takers: number;
}

/**
 * Polls the sessions of one client. A few are read one by one; many share a page of the list, which is taken anew
 * when it is older than half the time since a session's own last poll. The list shows the sessions of the current
 * logon only, so one that it does not show is read by its id.
 * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/get_restore_sessions.html
 */
export class SharedPolls {
  readonly #system: System;
  readonly #dialect: Dialect;
  readonly #polledAt = new Map<string, number>();
  #snapshot: Snapshot | undefined;
  #refusedUntil = 0;

  constructor(system: System, dialect: Dialect) {
    this.#system = system;
    this.#dialect = dialect;
  }

  async poll(id: string, options: PollOptions): Promise<PollResponse> {
    const now = this.#system.clock.now();
    const lastAt = this.#polledAt.get(id);
    this.#polledAt.delete(id);
    this.#polledAt.set(id, now);
    this.#forget(now);
    if (this.#polledAt.size >= FEWEST_SESSIONS && now >= this.#refusedUntil) {
      const longestAge = lastAt === undefined ? FRESH_MS : Math.max(FRESH_MS, (now - lastAt) / 2);
      const listed = await this.#fromList(id, now - longestAge, options);
      if (listed) return listed;
    }
    return this.#system.poll(this.#dialect.getSession(id), options);
  }

  /** Oldest first, since each poll moves its session to the end. */
  #forget(now: number): void {
    for (const [id, at] of this.#polledAt) {
      if (now - at < FORGOTTEN_AFTER_MS) return;
      this.#polledAt.delete(id);
    }
  }

  async #fromList(id: string, notBefore: number, options: PollOptions): Promise<PollResponse | undefined> {
    if (!this.#snapshot || this.#snapshot.takenAt < notBefore) this.#snapshot = this.#take();
    const snapshot = this.#snapshot;
    try {
      const sessions = await this.#shared(snapshot, options.signal);
      const body = sessions?.get(keyOf(id));
      return body && { ...(await snapshot.answer), body };
    } catch (error) {
      if (this.#snapshot === snapshot) this.#snapshot = undefined;
      if (!isRefusal(error)) throw error;
      this.#refusedUntil = this.#system.clock.now() + REFUSED_MS;
      return undefined;
    }
  }

  #take(): Snapshot {
    const control = new AbortController();
    const answer = this.#system.poll(this.#dialect.listSessions({ limit: LONGEST_PAGE }), { signal: control.signal });
    const sessions = answer.then(({ body }) => byId(body));
    sessions.catch(() => undefined);
    return { takenAt: this.#system.clock.now(), answer, sessions, control, takers: 0 };
  }

  /** The list for one taker; the request ends when the last taker has left. */
  async #shared(snapshot: Snapshot, signal: AbortSignal | undefined): Promise<Awaited<Snapshot['sessions']>> {
    signal?.throwIfAborted();
    snapshot.takers += 1;
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
      addAbortListener(signal, leave);
    });
    try {
      return await Promise.race([snapshot.sessions, left]);
    } finally {
      removeAbortListener(signal, leave);
      snapshot.takers -= 1;
      if (snapshot.takers === 0 && signal?.aborted) {
        if (this.#snapshot === snapshot) this.#snapshot = undefined;
        snapshot.control.abort(signal.reason);
      }
    }
  }
}

function byId(body: unknown): ReadonlyMap<string, JsonObject> | undefined {
  const results: unknown = isObject(body) ? body.results : body;
  if (!Array.isArray(results)) return undefined;
  const sessions = new Map<string, JsonObject>();
  const ambiguous = new Set<string>();
  for (const each of results.filter(isObject)) {
    // What has no state is no session: the list may be one of something else.
    if (typeof each.id !== 'string' || textOf(each.state) === undefined) continue;
    const key = keyOf(each.id);
    if (sessions.has(key)) ambiguous.add(key);
    sessions.set(key, each);
  }
  for (const key of ambiguous) sessions.delete(key);
  return sessions;
}

/** A list that is refused says nothing about a session; 401 and 429 do, in the way they do everywhere. */
function isRefusal(error: unknown): boolean {
  return ApiError.isInstance(error) && error.status < 500 && ![401, 408, 429].includes(error.status);
}
