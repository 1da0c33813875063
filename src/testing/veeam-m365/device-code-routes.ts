import { jsonAnswer } from '../answer.ts';
import type { Route } from '../route.ts';
import { LIFE_SECONDS } from './device-codes.ts';
import { inside } from './inside.ts';
import { field, readObject } from './request-body.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';

export function deviceCodeRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const { clock, deviceCodes, scenario } = server;
  const create: Route = {
    operationId: 'createRestoreDeviceCode',
    method: 'POST',
    path: `/${version}/RestoreSessions/{restoreSessionId}/organization/restoreDeviceCode`,
    anyCase: true,
    role: 'other',
    handle: (call) =>
      inside(server, call, () => {
        if (!readObject(call)) return server.badRequest('The request body is not valid.');
        const userCode = deviceCodes.issue(clock.now());
        return jsonAnswer({
          userCode,
          verificationUrl: 'https://microsoft.com/devicelogin',
          expiresIn: LIFE_SECONDS,
          message: `To sign in, open https://microsoft.com/devicelogin and enter the code ${userCode}.`,
        });
      }),
  };
  if (version === 'v5') return [create];
  return [
    create,
    {
      operationId: 'checkDeviceCode',
      method: 'POST',
      path: `/${version}/DeviceCode/check`,
      anyCase: true,
      role: 'other',
      handle: (call) => {
        const code = field(readObject(call) ?? {}, 'userCode', scenario.strict);
        if (typeof code !== 'string') return server.badRequest('userCode must be given.');
        const authenticated = deviceCodes.isAuthenticated(code, clock.now(), scenario.signInAfterMs);
        return jsonAnswer({ authenticated });
      },
    },
  ];
}
