/** The connection is closed without an answer. */
export const connectionReset = Symbol('connection reset');

export type Answer = Response | typeof connectionReset;

/** A JSON answer with the content type that the product sends. */
export function jsonAnswer(
  body: unknown,
  init: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...init.headers },
  });
}

/** An HTML page instead of JSON: a login form, a maintenance notice or an error of a proxy. */
export function htmlAnswer(title: string, status = 200): Response {
  return new Response(
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
    {
      status,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    },
  );
}
