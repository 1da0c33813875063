import { omitUndefined } from '../values/omit-undefined.ts';

interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

/**
 * `globalThis.fetch` without the runtime's own limit on the wait for an answer (Node 300 s, Bun 300 s), for calls that
 * block for hours. A global proxy or agent keeps its say.
 */
export function patientFetch(input: string, init: RequestInit): Promise<Response> {
  // Where Node's fetch, made of undici, keeps its dispatcher; there once anything was fetched.
  const shared = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1')) as Dispatcher | undefined;
  const dispatcher = shared && {
    dispatch: (options: object, handler: unknown) =>
      shared.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler),
  };
  // `timeout` is Bun's word.
  const patience = omitUndefined({ timeout: false, dispatcher });
  return globalThis.fetch(input, { ...init, ...patience });
}
