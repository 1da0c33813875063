import type { Clock } from '../../clock/clock.ts';
import { type Answer, connectionReset, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { DeviceCodes } from './device-codes.ts';
import { Identifiers } from './identifiers.ts';
import { type Logon, Logons, type TokenTerms } from './logons.ts';
import { MailboxRestores } from './mailbox-restores.ts';
import type { VeeamM365Scenario, VeeamVersion } from './scenario.ts';
import { type Session, Sessions, type SessionType } from './sessions.ts';
import { type LiveMailbox, Tenant } from './tenant.ts';
import { isSince, VERSIONS } from './versions.ts';
import { veeamTime } from './wire-time.ts';

/** The state of one emulated server, shared by all versions of its interface. */
export class VeeamServer {
  readonly ids = new Identifiers();
  readonly tenant: Tenant;
  readonly deviceCodes = new DeviceCodes();
  readonly logons: Logons;
  readonly sessions: Sessions;
  readonly restores: MailboxRestores;
  readonly #callers = new WeakMap<Request, Logon>();

  constructor(
    readonly clock: Clock,
    readonly scenario: VeeamM365Scenario,
    readonly account: { readonly userName: string; readonly password: string },
    /** The access token of Microsoft that tenants and restore operators log in with. */
    readonly microsoftToken: string,
    readonly versions: readonly VeeamVersion[],
  ) {
    this.tenant = new Tenant(clock, scenario);
    this.logons = new Logons(clock, this.ids, scenario);
    this.sessions = new Sessions(clock, scenario);
    this.restores = new MailboxRestores(clock, this.ids, scenario, this.tenant, this.sessions);
    this.#addEarlierSessions(scenario.earlierSessions ?? 0);
  }

  hasVersion(version: VeeamVersion): boolean {
    return this.versions.includes(version) && (this.scenario.versions?.includes(version) ?? true);
  }

  /** Lets a call through to its route, or answers 401. */
  guard(call: { request: Request; route: Route | undefined; polls: number }): Answer | undefined {
    const { request, route, polls } = call;
    this.logons.expireWhenDue({ firstStart: this.sessions.truths[0]?.startedAt, polls });
    const url = new URL(request.url);
    if (url.origin === this.scenario.linkOrigin) return connectionReset;
    const [, version = ''] = url.pathname.toLowerCase().split('/');
    const served = VERSIONS.find((each) => each === version && this.hasVersion(each));
    if (served === undefined || route?.role === 'token') return undefined;
    const grant = this.logons.authenticate(request.headers.get('authorization'));
    if (!grant) return this.unauthorized();
    this.#callers.set(request, grant.logon);
    return this.#lacksCookies(served, grant.terms) ? this.#antiforgery() : undefined;
  }

  /** Whether the server wants antiforgery cookies, which no client of this interface sends (VM-27). */
  #lacksCookies(version: VeeamVersion, { withoutAntiforgery }: TokenTerms): boolean {
    const { antiforgery = 'never' } = this.scenario;
    if (antiforgery === 'never' || withoutAntiforgery) return false;
    return isSince(version, antiforgery === 'since-v6' ? 'v6' : 'v7');
  }

  /** Not documented. */
  #antiforgery(): Answer {
    return this.problem(400, 'The required antiforgery cookie is not present.');
  }

  /** A moment of the emulator's clock as the server writes it, by its own clock. */
  timestamp(ms: number, offsetMinutes = 0): string {
    return veeamTime(ms + (this.scenario.clockSkewMs ?? 0), offsetMinutes);
  }

  callerOf(call: Call): Logon {
    const logon = this.#callers.get(call.request);
    if (!logon) throw new Error(`${call.url.pathname} was routed without a logon.`);
    return logon;
  }

  /** The session of a call's path, as far as its caller may know of it. */
  sessionOf(call: Call): Session | undefined {
    const id = call.params.restoreSessionId?.toLowerCase();
    const session = this.sessions.all.find((one) => one.id === id);
    if (!session || this.sessions.isForgotten(session)) return undefined;
    if (this.scenario.otherLogons !== 'unknown') return session;
    return this.#isOwn(session, call) ? session : undefined;
  }

  /** Sessions of the caller's logon, as its list shows them. */
  listedSessions(call: Call): readonly Session[] {
    const own = this.sessions.all.filter((one) => this.#isOwn(one, call) && !this.sessions.isForgotten(one));
    // Not documented; in v8, which lets the caller choose, the newest come first.
    return this.scenario.listOrder === 'oldest-first' ? own : own.reverse();
  }

  /** None where the session is of another product, or of a moment before the first backup (VM-9). */
  mailboxesOf(session: Session): readonly LiveMailbox[] {
    return this.thingsOf(session, 'Vex');
  }

  /** What a session shows of a type: nothing where it is of another one, or no backup holds it. */
  thingsOf(session: Session, type: SessionType): readonly LiveMailbox[] {
    if (this.scenario.workloads?.includes(type) === false) return [];
    return this.tenant.thingsOf(type).filter((thing) => this.tenant.pointOf(session, thing) !== undefined);
  }

  /** The error body of everything but the token endpoint of v5. */
  problem(status: number, message: string): Answer {
    return jsonAnswer({ [this.scenario.errorMember ?? 'message']: message }, { status });
  }

  notFound(what = 'resource'): Answer {
    return this.problem(404, `The ${what} was not found.`);
  }

  badRequest(message: string): Answer {
    // Not documented: no specification of the vendor has a status per error.
    return this.problem(this.scenario.badRequestStatus ?? 400, message);
  }

  /** Refuses the call with its own body in the message, where the scenario wants so (VM-30). */
  echo(call: Call, kind: 'token' | 'start' | 'restore'): Answer | undefined {
    if (!this.scenario.faults?.echoRequestBody?.includes(kind)) return undefined;
    return this.badRequest(`Cannot process the request: ${call.body}`);
  }

  #isOwn(session: Session, call: Call): boolean {
    return session.logon === undefined || session.logon.id === this.callerOf(call).id;
  }

  unauthorized(): Answer {
    if (this.scenario.unauthorizedBody === 'empty') return new Response(null, { status: 401 });
    return this.problem(401, 'Authorization has been denied for this request.');
  }

  #addEarlierSessions(count: number): void {
    const now = this.clock.now();
    for (let minutes = count; minutes > 0; minutes -= 1) {
      const createdAt = now - minutes * 60_000;
      const ids = { id: this.ids.uuid(), startEventId: this.ids.uuid() };
      this.sessions.add(
        { ...ids, type: 'Vex', createdAt, logon: undefined, at: createdAt, job: undefined },
        createdAt + 30_000,
      );
    }
  }
}
