/**
 * What openapi-fetch builds instead of a `Request`: the URL and the options as they are. A real Request would read the
 * body through a stream, and costs more than the rest of a poll.
 */
export class RequestDraft {
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;

  constructor(
    readonly url: string,
    init: { method?: string; headers?: HeadersInit; body?: unknown },
  ) {
    this.method = init.method ?? 'GET';
    this.headers = new Headers(init.headers);
    this.body = typeof init.body === 'string' ? init.body : undefined;
  }
}
