import type { VeeamM365Scenario, VeeamVersion } from './scenario.ts';

/** Makes the `href` of a path below the version: `/RestoreSessions/1`. */
export type Linker = (path: string, query?: URLSearchParams) => string;

/** Links are absolute in v5, with what the server takes for its own name, and relative and lower-case later (VM-20, VM-21). */
export function linker(version: VeeamVersion, url: URL, scenario: VeeamM365Scenario): Linker {
  const origin = scenario.linkOrigin ?? url.origin;
  return (path, query) => {
    const base = version === 'v5' ? `${origin}/v5${path}` : `/${version}${path.toLowerCase()}`;
    return query ? `${base}?${query}` : base;
  };
}
