import type { paths } from '../../generated/veeam-m365-v8.d.ts';
import type { CallOptions } from '../client/client-options.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { API_VERSIONS, type ApiVersion } from './api-version.ts';
import { requestsOf } from './shared-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * Finds the newest version of the REST API that a server speaks. No credentials are sent: a version that is served answers 401,
 * and one that is not answers 404.
 * @throws {UnexpectedResponseError} no version is served, or something else has answered
 * @throws the error of a server that could not be asked: it does not say that a version is not served
 */
export async function findVersion(system: VeeamSystem, options: CallOptions): Promise<ApiVersion> {
  for (const version of [...API_VERSIONS].reverse()) if (await isServed(system, version, options)) return version;
  throw new UnexpectedResponseError(
    `${system.baseUrl} answered 404 for ${[...API_VERSIONS].reverse().join(', ')}: it speaks no version of the REST API that is known, or its REST service is elsewhere.`,
    { status: 404 },
  );
}

async function isServed(system: VeeamSystem, version: ApiVersion, options: CallOptions): Promise<boolean> {
  const request = requestsOf<paths>(version)('get', '/ServiceInstance');
  try {
    const answer = await system.transport.send(request, { ...options, mode: 'read', anonymous: true });
    // A gateway may add credentials of its own.
    const body = system.transport.json(answer);
    if (isObject(body) && textOf(body.installationId) !== undefined) return true;
    throw system.transport.unexpected(`The answer of /${version}/ServiceInstance is not from the REST API.`, answer);
  } catch (error) {
    if (AuthenticationError.isInstance(error)) return true;
    // The form of this 404 is not documented.
    const isAbsent =
      NotFoundError.isInstance(error) || (UnexpectedResponseError.isInstance(error) && error.status === 404);
    if (isAbsent) return false;
    throw error;
  }
}
