import { deviating } from '../deviation.ts';
import type { Route } from '../route.ts';
import type { Accounts, ApiKey, Principal } from './accounts.ts';
import { shortCircuit } from './envelope.ts';
import type { Portal } from './portal.ts';
import { isAtLeast } from './server-version.ts';

/** While the tenant is Restoring, only paths that end like this are answered (DS-12). */
const OPEN_WHILE_RESTORING =
  /(?:preparation-portal|portal|getrestoreprogress|cancelrestore|settings|settings\.json|colortheme(?:\.json)?|logos(?:\.json)?|build(?:\.json)?|@self(?:\.json)?|encryption\/progress|rebranding\/additional|rebranding\/company)$/;

const PROGRESS = 'getRestoreProgress';
const ANONYMOUS = new Set([PROGRESS, 'getPortalSettings', 'authenticate', 'authenticateWithCode']);
const FREE_OF_PAYMENT = new Set([
  ...ANONYMOUS,
  'getBackupProgress',
  'startBackup',
  'cancelBackup',
  'getBackupsCount',
  'getBackupsCounts',
  'getBackupsServiceState',
  'getApiKey',
]);

export const CLEAR_COOKIE = 'asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/';

/** The checks before an action runs: tenant, lock, authentication, payment, scope of the key. */
export function createGuard(portal: Portal, accounts: Accounts) {
  const { scenario } = portal;
  const principals = new WeakMap<Request, Principal>();
  const cutShort = (status: 402 | 403 | 404) => shortCircuit(status, scenario.shortCircuitBody);
  // Not documented; an empty body, as for 401.
  const refuseKey = () => shortCircuit(403, 'empty');

  const guard = ({ request, route }: { readonly request: Request; readonly route: Route | undefined }) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/api/2.0/')) return undefined;
    if (portal.isTenantGone()) return deviating(cutShort(404), 'swapGap: the alias belongs to nobody');
    const principal = accounts.identify(request.headers);
    principals.set(request, principal);
    // Older servers ignore an unknown key.
    if (principal.kind === 'unknown-key' && isAtLeast(scenario, '3.7')) return refuseKey();
    if (portal.isLocked() && !OPEN_WHILE_RESTORING.test(pathname)) return cutShort(403);
    if (!route) return undefined;
    const { operationId } = route;
    const needsUser =
      !ANONYMOUS.has(operationId) || (operationId === PROGRESS && scenario.progressAccess === 'authenticated');
    if (needsUser && principal.kind !== 'user') {
      const headers = principal.kind === 'stale-session' ? { 'set-cookie': CLEAR_COOKIE } : {};
      return new Response(null, { status: 401, headers });
    }
    if (scenario.plan === 'unpaid' && !FREE_OF_PAYMENT.has(operationId)) return cutShort(402);
    if (principal.kind === 'user' && principal.key && !isInScope(principal.key, request.method)) return refuseKey();
    return undefined;
  };
  return { guard, principalOf: (request: Request): Principal => principals.get(request) ?? { kind: 'anonymous' } };
}

/** These calls are global, so a scope such as `files:write` does not allow them. */
function isInScope(key: ApiKey, method: string): boolean {
  const scopes = method === 'GET' ? ['*', '*:write', '*:read'] : ['*', '*:write'];
  return key.permissions.some((permission) => scopes.includes(permission));
}
