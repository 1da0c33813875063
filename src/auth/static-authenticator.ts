import type { Authenticator } from './auth.ts';

/** A credential that is sent as it is. After a 401 it is asked for again, and tried again only if it has changed. */
export function staticAuthenticator(read: () => Promise<string>): Authenticator {
  let current: string | undefined;
  let pending: Promise<string> | undefined;
  const ask = () => {
    pending ??= read().finally(() => {
      pending = undefined;
    });
    return pending;
  };
  return {
    authorization: async () => {
      current ??= await ask();
      return current;
    },
    renew: async (rejected) => {
      if (current !== rejected) return true;
      current = await ask();
      return current !== rejected;
    },
  };
}
