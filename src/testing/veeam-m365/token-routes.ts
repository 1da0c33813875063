import { type Answer, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { TokenPair } from './logons.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import { operatorId, organizationName, tenantId } from './tenant.ts';
import { traitsOf } from './versions.ts';
import type { Token } from './wire.ts';

export function tokenRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  return [
    {
      operationId: 'createToken',
      method: 'POST',
      path: `/${version}/token`,
      anyCase: true,
      role: 'token',
      handle: (call) => server.echo(call, 'token') ?? answerToken(server, version, call),
    },
    ...(traitsOf[version].logoutStatus === undefined
      ? []
      : [
          {
            operationId: 'logOut',
            method: 'POST',
            path: `/${version}/token/logout`,
            anyCase: true,
            role: 'other',
            handle: (call) => {
              server.logons.logOut(server.callerOf(call));
              return new Response(null, { status: traitsOf[version].logoutStatus ?? 200 });
            },
          } satisfies Route,
        ]),
  ];
}

function answerToken(server: VeeamServer, version: VeeamVersion, call: Call): Answer {
  const isForm = call.request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm ? call.body : '');
  const terms = { withoutAntiforgery: form.get('disable_antiforgery_token') === 'true' };
  const isMicrosoftAnswer = (text: string) => {
    try {
      return JSON.parse(text)?.access_token === server.microsoftToken;
    } catch {
      return false;
    }
  };
  switch (form.get('grant_type')) {
    case 'password': {
      const { userName, password } = server.account;
      // Windows takes user names in any case.
      const known = form.get('username')?.toLowerCase() === userName.toLowerCase();
      if (!known || form.get('password') !== password) {
        return refusal(server, version, 'invalid_grant', 'The user name or password is incorrect.');
      }
      return pairAnswer(server, server.logons.login(userName, terms));
    }
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer': {
      const isKnown = form.get('client_id') === tenantId && isMicrosoftAnswer(form.get('assertion') ?? '');
      return isKnown
        ? pairAnswer(server, server.logons.login(organizationName, terms))
        : refusal(server, version, 'invalid_grant', 'The assertion is not valid.');
    }
    case 'operator': {
      if (version === 'v5')
        return refusal(server, version, 'unsupported_grant_type', 'The grant type is not supported.');
      const isKnown =
        form.get('client_id') === `${operatorId}.${tenantId}` && form.get('assertion') === server.microsoftToken;
      return isKnown
        ? pairAnswer(server, server.logons.login(`operator@${organizationName}`, terms))
        : refusal(server, version, 'invalid_grant', 'The assertion is not valid.');
    }
    case 'refresh_token': {
      const pair = server.logons.refresh(form.get('refresh_token') ?? '', terms);
      return pair
        ? pairAnswer(server, pair)
        : refusal(server, version, 'invalid_grant', 'The refresh token is not valid.');
    }
    default:
      return refusal(server, version, 'unsupported_grant_type', 'The grant type is not supported.');
  }
}

function pairAnswer(server: VeeamServer, pair: TokenPair): Answer {
  return jsonAnswer({
    access_token: pair.accessToken,
    token_type: 'bearer',
    expires_in: server.logons.lifeSeconds,
    refresh_token: pair.refreshToken,
    userName: pair.logon.userName,
    '.issued': wholeSeconds(pair.issuedAt),
    '.expires': wholeSeconds(pair.expiresAt),
  } satisfies Token);
}

/** Always 400, never 401, in one of two shapes (VM-25). */
function refusal(server: VeeamServer, version: VeeamVersion, code: string, text: string): Answer {
  const shape = server.scenario.token?.refusal ?? 'by-version';
  const isOAuth = shape === 'oauth' || (shape === 'by-version' && version === 'v5');
  return isOAuth ? jsonAnswer({ error: code, error_description: text }, { status: 400 }) : server.problem(400, text);
}

function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
