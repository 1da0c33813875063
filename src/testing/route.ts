import type { Answer } from './answer.ts';

/** The purpose of a call, by which faults are chosen. */
export type Role = 'start' | 'poll' | 'token' | 'other';

export interface Call {
  readonly request: Request;
  readonly url: URL;
  /** Decoded path parameters. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: string;
  /** Status requests so far, this one included. */
  readonly polls: number;
  json(): unknown;
}

export interface Route {
  /** The operationId of the product's OpenAPI document in `specs/`. */
  readonly operationId: string;
  readonly method: string;
  /** A path template as in the OpenAPI document: `/v3/jobs/{guid}`. Compared without regard to case if `anyCase`. */
  readonly path: string;
  readonly anyCase?: boolean;
  readonly role: Role;
  handle(call: Call): Answer | Promise<Answer>;
  /** What the call would be told of another operation, one that has succeeded: for `misroutedAnswer`. */
  another?(call: Call): Answer;
  /** Why the emulator has a route that the OpenAPI document has not. */
  readonly beyondSpec?: string;
}

export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: Record<string, string> } | undefined {
  const segments = path.split('/');
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = matchPath(route, segments);
    if (params) return { route, params };
  }
  return undefined;
}

function matchPath(route: Route, segments: readonly string[]): Record<string, string> | undefined {
  const template = route.path.split('/');
  if (template.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{') && segment !== '') {
      params[part.slice(1, -1)] = decode(segment);
    } else if (route.anyCase ? part.toLowerCase() !== segment.toLowerCase() : part !== segment) {
      return undefined;
    }
  }
  return params;
}

/** A broken escape becomes an id that does not exist. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
