import type { Clock } from '../clock/clock.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import type { ApiError } from '../errors/api-error.ts';
import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import type { Started } from '../errors/restore-kit-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { Answer } from './answer.ts';
import { parseGenericErrorBody } from './error-body.ts';
import type { Redactor } from './redactor.ts';
import type { HttpTraits } from './traits.ts';

const EXCERPT_LENGTH = 300;
/** Of what a server says, in an error that people read. */
const LONGEST_TEXT = 2_000;
const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id'];

/** Turns answers into the errors that they stand for, secrets removed. */
export class AnswerErrors {
  readonly #redactor: Redactor;
  readonly #traits: HttpTraits;
  readonly #clock: Clock;

  constructor(redactor: Redactor, traits: HttpTraits, clock: Clock) {
    this.#redactor = redactor;
    this.#traits = traits;
    this.#clock = clock;
  }

  /** An answer that is not of the documented shape. */
  unexpected(
    message: string,
    answer: Answer,
    more: { readonly issues?: readonly string[]; readonly started?: Started } = {},
  ): UnexpectedResponseError {
    return new UnexpectedResponseError(this.#redactor.text(message), {
      status: answer.status,
      contentType: this.#header(answer.headers, 'content-type'),
      excerpt: this.#visible(answer).slice(0, EXCERPT_LENGTH),
      issues: more.issues?.map((issue) => this.#redactor.text(issue)),
      started: more.started,
    });
  }

  /** An answer of status 300 and above. */
  refusal(answer: Answer): ApiError | UnexpectedResponseError {
    return answer.status >= 400 ? this.#apiError(answer) : this.#redirect(answer);
  }

  requestId(headers: Headers): string | undefined {
    return this.#header(headers, ...(this.#traits.requestIdHeaders ?? []), ...REQUEST_ID_HEADERS);
  }

  /** The path of an address without what must not be shown: ids of servers stand in paths, and may be echoes. */
  pathOf(url: string): string {
    return this.#redactor.text(new URL(url).pathname);
  }

  #apiError(answer: Answer): ApiError {
    const { status, headers, body } = answer;
    const own = this.#traits.parseErrorBody(body);
    const told = this.#redactor.data(own ?? { errors: parseGenericErrorBody(body) });
    // Cut only now: half a secret would no longer be known as one.
    const errors = told.errors.map((error) => ({ ...error, message: error.message.slice(0, LONGEST_TEXT) }));
    const said = errors.map((error) => error.message).join('; ');
    const now = this.#clock.now();
    const resetMs = status === 429 ? this.#traits.rateLimitResetMs?.(headers, now) : undefined;
    return apiErrorForStatus(
      `${this.pathOf(answer.url)} answered ${status}${said ? `: ${said.slice(0, LONGEST_TEXT)}` : '.'}`,
      {
        status,
        errors,
        serverTrace: 'serverTrace' in told ? told.serverTrace : undefined,
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

  /** The body as it may be shown. Escapes of JSON would hide a secret from the redactor. */
  #visible({ body, text }: Answer): string {
    const isEscaped = body !== undefined && text.includes('\\u');
    return isEscaped ? JSON.stringify(this.#redactor.data(body)) : this.#redactor.text(text);
  }

  #header(headers: Headers, ...names: readonly string[]): string | undefined {
    const name = names.find((each) => headers.has(each));
    return name === undefined ? undefined : this.#redactor.text(headers.get(name) ?? '');
  }
}
