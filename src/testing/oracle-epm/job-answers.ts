import type { components } from '../../../generated/oracle-epm.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import type { Call, Role, Route } from '../route.ts';
import { errorAnswer, jobIdOf, type Link, link } from './answers.ts';
import type { EpmJob, OracleEpmEnvironment } from './environment.ts';
import type { OracleEpmScenario } from './scenario.ts';

type Schemas = components['schemas'];
export type JobBody = Schemas['Job'];

/** What the routes of all jobs have in common. */
export class JobAnswers {
  readonly prefix: string;

  constructor(
    private readonly environment: OracleEpmEnvironment,
    private readonly scenario: OracleEpmScenario,
    private readonly clock: Clock,
  ) {
    this.prefix = scenario.gatewayPrefix ?? '';
  }

  href(call: Call, path: string): string {
    const { hrefLead = '', hrefBase } = this.scenario.start ?? {};
    return `${hrefLead}${hrefBase ?? call.url.origin + this.prefix}${path}`;
  }

  /** The answer of a start, with the link to its job in the form of the scenario. */
  started(call: Call, own: string, statusPath: string): Response {
    const { links = 'self-first', rel = 'Job Status', action, hrefTail = '', httpStatus } = this.scenario.start ?? {};
    const self = link('self', this.href(call, own), call.request.method);
    const status = link(rel, `${this.href(call, statusPath)}${hrefTail}`, action);
    const byForm: Record<string, Link[] | null> = {
      'job-status': [status],
      'self-first': [self, status],
      'self-only': [self],
      none: null,
    };
    const body: JobBody = { details: null, status: this.form(-1), items: null, links: byForm[links] ?? null };
    const answer = jsonAnswer(body, { status: httpStatus ?? 200 });
    return ['self-only', 'none'].includes(links) ? deviating(answer, 'links: no Job Status') : answer;
  }

  /** What is refused under HTTP 200 (OE-1). */
  refused(details: string): Response {
    const body: JobBody = { details, status: this.form(1), items: null, links: null };
    return jsonAnswer(body);
  }

  done(call: Call, own: string): Response {
    const links = [link('self', this.href(call, own), call.request.method)];
    const body: JobBody = { details: null, status: this.form(0), items: null, links };
    return jsonAnswer(body);
  }

  /** The state of a job. `more` is what only its kind tells at the end. */
  status(job: EpmJob | undefined, more: (job: EpmJob) => Partial<JobBody> = () => ({})): Response {
    if (!job) return errorAnswer(404, 'The job does not exist');
    const { ending } = job;
    if (ending === 'never' || this.clock.now() < job.endsAt) {
      const body: JobBody = { details: null, status: this.form(-1), items: null, links: null };
      return jsonAnswer(body);
    }
    const { status, details = null } = ending;
    return jsonAnswer({ details, status: this.form(status), items: null, links: null, ...more(job) } satisfies JobBody);
  }

  statusRoute(operationId: string, path: string, more?: (job: EpmJob) => Partial<JobBody>): Route {
    return this.route(
      operationId,
      'GET',
      path,
      (call) => this.status(this.environment.jobs.get(jobIdOf(call)), more),
      'poll',
    );
  }

  route(operationId: string, method: string, path: string, handle: Route['handle'], role: Role = 'other'): Route {
    return { operationId, method, path: this.prefix + path, role, handle };
  }

  form(status: number): number | string {
    return this.scenario.statusForm === 'string' ? String(status) : status;
  }
}

/** The fields of a JSON body that must be texts with something in them, or the answer to a wrong body. */
export function readTexts<Name extends string>(
  call: Call,
  ...names: readonly Name[]
): (Readonly<Record<Name, string>> & { readonly parameters: Readonly<Record<string, unknown>> }) | Response {
  if (!/^application\/json\b/i.test(call.request.headers.get('content-type') ?? '')) {
    return new Response(null, { status: 415 });
  }
  const body = parse(call);
  if (!isRecord(body)) return errorAnswer(400, 'The request body is not a JSON object');
  const missing = names.filter((name) => typeof body[name] !== 'string' || body[name] === '');
  if (missing.length > 0) return errorAnswer(400, `${missing.join(', ')} is missing`);
  const texts = Object.fromEntries(names.map((name) => [name, String(body[name])])) as Record<Name, string>;
  return { ...texts, parameters: isRecord(body.parameters) ? body.parameters : {} };
}

function parse(call: Call): unknown {
  try {
    return call.json();
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
