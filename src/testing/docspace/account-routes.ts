import type { Answer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { Accounts, ApiKey, Principal } from './accounts.ts';
import { failure, invalidModel, success } from './envelope.ts';
import { tooManyRequests } from './error-shapes.ts';
import type { Portal } from './portal.ts';
import { missing, readObject } from './request-body.ts';

const RESTORING = 4;
/** `*`, `*:read`, `files:write`. */
const SCOPE = /^(?:\*|(?:\*|[a-z.]+):(?:read|write))$/;
const NEW_KEYS = { limit: 5, perMs: 15 * 60 * 1000 };

/** Settings and API keys: what a caller needs around a restore. */
export function accountRoutes(
  portal: Portal,
  accounts: Accounts,
  principalOf: (request: Request) => Principal,
): Route[] {
  const { clock, scenario } = portal;
  let creations: number[] = [];

  const describeKey = ({ key, ...rest }: ApiKey) => ({
    id: rest.id,
    name: rest.name,
    keyPostfix: key.slice(-4),
    permissions: rest.permissions,
    createOn: new Date(rest.issuedAt).toISOString(),
    createBy: { id: portal.userId(), displayName: 'Portal Owner' },
    ...(rest.expiresAt === undefined ? {} : { expiresAt: new Date(rest.expiresAt).toISOString() }),
    isActive: true,
  });

  const settings = ({ request }: Call): Answer =>
    success(request, {
      culture: 'en-US',
      tenantAlias: 'portal',
      tenantStatus: portal.isLocked() ? RESTORING : 0,
      standalone: scenario.edition === 'standalone',
    });

  const createKey = ({ request, json }: Call): Answer => {
    // "Sensitive" calls have a limiter of their own, which self-hosted servers leave off (DS-15).
    creations = creations.filter((at) => clock.now() - at < NEW_KEYS.perMs);
    if (scenario.edition !== 'standalone' && creations.length >= NEW_KEYS.limit) return tooManyRequests(NEW_KEYS.limit);
    creations.push(clock.now());
    const { name, permissions, expiresInDays } = readObject(json) ?? {};
    if (typeof name !== 'string') return invalidModel(request, missing('name').errors);
    if (name.length > 30) {
      return invalidModel(request, { Name: ['Incorrect name. Length must be less than 30'] });
    }
    if (typeof expiresInDays === 'number' && (expiresInDays < 1 || expiresInDays > 365)) {
      return invalidModel(request, { ExpiresInDays: ['Value must be between 1 and 365'] });
    }
    const scopes = Array.isArray(permissions) ? permissions.map(String) : [];
    if (!scopes.every((scope) => SCOPE.test(scope))) return failure(400, 'Permissions are not valid.');
    // Without scopes, a key may do what its user may do.
    const key = accounts.addKey(name, scopes.length === 0 ? ['*'] : scopes, {
      ...(typeof expiresInDays === 'number' ? { days: expiresInDays } : {}),
    });
    return success(request, { ...describeKey(key), key: key.key });
  };

  const currentKey = ({ request }: Call): Answer => {
    const principal = principalOf(request);
    const key = principal.kind === 'user' ? principal.key : undefined;
    return success(request, key && describeKey(key));
  };

  const route = (method: string, path: string, operationId: string, handle: Route['handle']): Route => {
    return {
      operationId,
      method,
      path: `/api/2.0/${path}`,
      role: 'other',
      handle,
    };
  };
  const afterwards = { beyondSpec: 'Which keys there are, for tests that look at the portal after a restore.' };
  return [
    route('GET', 'settings', 'getPortalSettings', settings),
    route('POST', 'keys', 'createApiKey', createKey),
    {
      ...route('GET', 'keys', 'getApiKeys', ({ request }) => success(request, accounts.liveKeys().map(describeKey))),
      ...afterwards,
    },
    { ...route('GET', 'keys/@self', 'getApiKey', currentKey), ...afterwards },
  ];
}
