import type { components } from '../../../generated/docspace.d.ts';
import { omitUndefined } from '../../values/omit-undefined.ts';
import { jsonAnswer } from '../answer.ts';

type Schemas = components['schemas'];

/** The envelope of a 200. Without `data` there is no `response`, because the server never writes null. */
export function success(request: Request, data?: unknown, headers: Record<string, string> = {}): Response {
  const count = data === undefined ? 0 : Array.isArray(data) ? data.length : 1;
  return jsonAnswer(
    {
      ...omitUndefined({ response: data }),
      count,
      links: [{ href: request.url, action: request.method }],
      status: 0,
      statusCode: 200,
    },
    { headers },
  );
}

const EXCEPTIONS: Readonly<Record<number, { readonly type: string; readonly hresult: number }>> = {
  400: { type: 'System.ArgumentException', hresult: -2147024809 },
  402: { type: 'ASC.Core.Billing.BillingException', hresult: -2146233088 },
  403: { type: 'System.Security.SecurityException', hresult: -2146233078 },
  404: { type: 'System.IO.FileNotFoundException', hresult: -2147024894 },
  500: { type: 'System.Collections.Generic.KeyNotFoundException', hresult: -2146232969 },
};

const STACK = [
  '   at ASC.Data.Backup.Controllers.BackupController.StartBackupRestore(BackupRestoreDto inDto)',
  '   at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.TaskOfIActionResultExecutor.Execute()',
  '   at ASC.Api.Core.Middleware.ResponseWrapper.Invoke(HttpContext context)',
].join('\n');

/** The answer to an exception: the server sends its .NET type and its stack, except for 401 and 415. */
export function failure(statusCode: number, message: string): Response {
  const exception = EXCEPTIONS[statusCode];
  const error: Schemas['ErrorEnvelope']['error'] = exception
    ? { message, type: exception.type, stack: STACK, hresult: exception.hresult }
    : { message, hresult: 0 };
  return jsonAnswer({ error, status: 1, statusCode }, { status: statusCode });
}

/**
 * The answer to a request that does not fit the model: the problem document is in the envelope of a success (DS-19).
 */
export function invalidModel(request: Request, errors: Readonly<Record<string, readonly string[]>>): Response {
  return jsonAnswer(
    {
      response: {
        type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
        title: 'One or more validation errors occurred.',
        status: 400,
        errors,
        traceId: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
      },
      count: 1,
      links: [{ href: request.url, action: request.method }],
      status: 1,
      statusCode: 400,
    },
    { status: 400 },
  );
}

const PROBLEMS = {
  402: { title: 'Payment Required', section: '15.5.3' },
  403: { title: 'Forbidden', section: '15.5.4' },
  404: { title: 'Not Found', section: '15.5.5' },
} as const;

/** The answer of a filter that ends the request before the action. It has no envelope. */
export function shortCircuit(status: 402 | 403 | 404, body: 'problem' | 'empty' = 'problem'): Response {
  if (body === 'empty') return new Response(null, { status });
  const { title, section } = PROBLEMS[status];
  const problem: Schemas['ProblemDetails'] = {
    type: `https://tools.ietf.org/html/rfc9110#section-${section}`,
    title,
    status,
    traceId: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
  };
  return jsonAnswer(problem, { status, headers: { 'content-type': 'application/problem+json; charset=utf-8' } });
}
