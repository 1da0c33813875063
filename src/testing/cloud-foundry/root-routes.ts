import type { components } from '../../../generated/cloud-foundry.d.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { CloudFoundryScenario } from './scenario.ts';
import type { Uaa } from './uaa.ts';

/** Discovery and the token endpoint. */
export function rootRoutes(scenario: CloudFoundryScenario, uaa: Uaa): Route[] {
  function root(call: Call): Response {
    const self = scenario.externalOrigin ?? call.url.origin;
    const href = scenario.uaaOrigin ?? call.url.origin;
    // Always an object. Its address is null if the operator has not set it (CF-23).
    const tokenServer = (name: 'login' | 'uaa') => ({ href: scenario.nullLinks?.includes(name) ? null : href });
    const body: components['schemas']['Root'] = {
      links: {
        self: { href: self },
        // New foundations have no version 2, so its key is missing (CF-23).
        cloud_controller_v3: { href: `${self}/v3`, meta: { version: '3.228.0' } },
        login: tokenServer('login'),
        uaa: tokenServer('uaa'),
        credhub: null,
      },
    };
    return jsonAnswer(body);
  }

  function v3Root(call: Call): Response {
    const self = `${scenario.externalOrigin ?? call.url.origin}/v3`;
    return jsonAnswer({
      links: { self: { href: self }, service_instances: { href: `${self}/service_instances` } },
    });
  }

  const createToken = (call: Call) => uaa.answer(call.request, call.body);
  return [
    { operationId: 'getRoot', method: 'GET', path: '/', role: 'other', handle: root },
    {
      operationId: 'getV3Root',
      method: 'GET',
      path: '/v3',
      role: 'other',
      handle: v3Root,
      beyondSpec: 'A root of links that no restore needs; a call to it must not look like an unknown path.',
    },
    { operationId: 'createToken', method: 'POST', path: '/oauth/token', role: 'token', handle: createToken },
  ];
}
