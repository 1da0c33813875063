import { omitUndefined } from '../values/omit-undefined.ts';

interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

/**
 * `globalThis.fetch` without the time limit of the runtime (300 s in Node and Bun), for calls that block for hours
 *. A global proxy or agent is still used.
 */
export function patientFetch(input: string, init: RequestInit): Promise<Response> {
  // Node's fetch, which is undici, keeps its dispatcher here after the first request.
  const shared = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1')) as Dispatcher | undefined;
  const dispatcher = shared && {
    dispatch: (options: object, handler: unknown) =>
      shared.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler),
  };
  // `timeout` is an option of Bun.
  const patience = omitUndefined({ timeout: false, dispatcher });
  return globalThis.fetch(input, { ...init, ...patience });
}
