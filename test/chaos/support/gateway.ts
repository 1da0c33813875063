import type { FetchLike } from '../../../src/http/fetch-like.ts';
import type { Arena, ChaosClient, Contest } from './arena.ts';
import { promise } from './broken-promise.ts';

const OWN = '/environments/blue';
const OTHER = '/environments/green';

/** One host with two environments, each below a prefix of its own. */
export interface Gateway {
  /** Prefix of the environment that is restored. */
  readonly own: string;
  route(own: FetchLike): FetchLike;
  /** A client of the other environment. */
  neighbourClient(fetch: FetchLike): ChaosClient;
}

/**
 * The gateway takes the prefix off and changes no answer, so that links name paths without it. Calls without a prefix
 * are those of a login that both share.
 */
export function behindGateway<Extra>(arena: Arena<Extra>, other: Contest): Gateway {
  return {
    own: OWN,
    route: (own) => (input, init) => {
      const url = new URL(input);
      const isOther = url.pathname.startsWith(`${OTHER}/`);
      const isOwn = url.pathname.startsWith(`${OWN}/`);
      const isLogin = /\/(oauth\/)?token$|\/login$/i.test(url.pathname);
      promise(isOwn || isOther || isLogin, `A request left its environment: ${url.pathname}`, 'false end');
      if (isOwn || isOther) url.pathname = url.pathname.slice((isOwn ? OWN : OTHER).length);
      return (isOther ? other.emulator.fetch : own)(url.href, init);
    },
    neighbourClient: (fetch) => other.connect(fetch, `${arena.origin}${OTHER}`),
  };
}
