import type { Clock } from '../clock/clock.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import type { ApiError } from '../errors/api-error.ts';
import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import type { Started } from '../errors/restore-kit-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { Answer } from './answer.ts';
import { parseGenericErrorBody } from './error-body.ts';
import { excerptOf } from './excerpt.ts';
import type { Redactor } from './redactor.ts';
import type { HttpTraits } from './traits.ts';

const EXCERPT_LENGTH = 300;
/** How much of a body is searched for secrets. It is enough for an excerpt, and little work for a body of 32 MB. */
const SEARCHED_LENGTH = 100_000;
/** Longest stack trace of a server that is kept. */
const LONGEST_TRACE = 20_000;
/** Longest text of a server in the message of an error. */
const LONGEST_TEXT = 2_000;
const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id'];

/** Turns answers into errors, without secrets. */
export class AnswerErrors {
  readonly #redactor: Redactor;
  readonly #traits: HttpTraits;
  readonly #clock: Clock;
  readonly #base: string;

  constructor(redactor: Redactor, traits: HttpTraits, clock: Clock, base: string) {
    this.#base = base;
    this.#redactor = redactor;
    this.#traits = traits;
    this.#clock = clock;
  }

  /** The error for an answer that does not have the documented shape. */
  unexpected(
    message: string,
    answer: Answer,
    more: { readonly issues?: readonly string[]; readonly started?: Started } = {},
  ): UnexpectedResponseError {
    return new UnexpectedResponseError(this.#redactor.text(`${message}${this.#pathHint(answer)}`), {
      status: answer.status,
      contentType: this.#header(answer.headers, 'content-type'),
      excerpt: excerptOf(this.#redactor.text(answer.text.slice(0, SEARCHED_LENGTH)), EXCERPT_LENGTH),
      issues: more.issues?.map((issue) => this.#redactor.text(issue)),
      started: more.started,
    });
  }

  /** The error for an answer with status 300 or above. */
  refusal(answer: Answer): ApiError | UnexpectedResponseError {
    return answer.status >= 400 ? this.#apiError(answer) : this.#redirect(answer);
  }

  requestId(headers: Headers): string | undefined {
    return this.#header(headers, ...(this.#traits.requestIdHeaders ?? []), ...REQUEST_ID_HEADERS);
  }

  /** The path of an address without secrets. A path may hold an id that the server made of a secret. */
  pathOf(url: string): string {
    return this.#redactor.text(new URL(url).pathname);
  }

  #apiError(answer: Answer): ApiError {
    const { status, headers, body } = answer;
    const own = this.#traits.parseErrorBody(body);
    const told = this.#redactor.data(own ?? { errors: parseGenericErrorBody(body) });
    // The text is cut after the secrets are removed, because half a secret would not be recognised.
    const errors = told.errors.map((error) => ({ ...error, message: excerptOf(error.message, LONGEST_TEXT) }));
    const trace = 'serverTrace' in told ? told.serverTrace : undefined;
    const said = errors.map((error) => error.message).join('; ');
    const now = this.#clock.now();
    const resetMs = status === 429 ? this.#traits.rateLimitResetMs?.(headers, now) : undefined;
    return apiErrorForStatus(
      `${this.pathOf(answer.url)} answered ${status}${said ? `: ${excerptOf(said, LONGEST_TEXT)}` : '.'}${this.#adviceOn(answer)}`,
      {
        status,
        errors,
        serverTrace: trace === undefined ? undefined : excerptOf(trace, LONGEST_TRACE),
        requestId: this.requestId(headers),
        retryAfterMs: retryAfterMs(headers, now) ?? resetMs,
        bodyForm: own ? 'api' : answer.text.trim() === '' ? 'empty' : 'other',
      },
    );
  }

  #redirect(answer: Answer): UnexpectedResponseError {
    const location = this.#header(answer.headers, 'location') ?? '';
    const host = URL.canParse(location, answer.url) ? new URL(location, answer.url).host : 'an unreadable address';
    return this.unexpected(`${this.pathOf(answer.url)} redirects to ${host}; redirects are not followed.`, answer);
  }

  #adviceOn(answer: Answer): string {
    const hint = this.#traits.refusalHint?.(answer.status);
    const pathHint = answer.status === 404 ? this.#pathHint(answer) : '';
    return `${hint ? ` ${this.#redactor.text(hint)}` : ''}${pathHint}`;
  }

  /** A base URL with a path is right for a gateway, and a frequent mistake otherwise. */
  #pathHint({ body }: Answer): string {
    const { pathname } = new URL(this.#base);
    if (body !== undefined || pathname === '/') return '';
    return ` The base URL has the path '${pathname}': leave it out unless a gateway needs it.`;
  }

  #header(headers: Headers, ...names: readonly string[]): string | undefined {
    const name = names.find((each) => headers.has(each));
    return name === undefined ? undefined : this.#redactor.text(headers.get(name) ?? '');
  }
}
