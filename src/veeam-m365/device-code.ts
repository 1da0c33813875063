import type { CallOptions } from '../client/client-options.ts';
import { requireText } from '../errors/require.ts';
import { apiRequest } from '../http/api-request.ts';
import type { Operation } from '../operation/operation.ts';
import { OperationResource } from '../operation/operation-resource.ts';
import { isObject } from '../protocols/poll-response.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type Fields, type OfficeRegion, REGION, readFields, text } from './option-fields.ts';
import { checkFields } from './restore-options.ts';
import { postBelow, requireSince, type SessionOf } from './session-requests.ts';

export interface DeviceCodeOptions extends CallOptions {
  /** The id of the application in Microsoft Entra that restores. */
  readonly targetApplicationId?: string | undefined;
  /** For a restore to another place only. */
  readonly targetRegion?: OfficeRegion | undefined;
  /** For a restore to another place only. */
  readonly targetOrganizationName?: string | undefined;
}

/**
 * A device code. A person opens `verificationUrl`, enters `userCode` and signs in; the operation succeeds when the server
 * sees that, and fails when the code has expired. Then pass `userCode` to a restore. The code is a secret: it is in no
 * handle, event or error, and the operation cannot be resumed.
 */
export interface DeviceCode extends Operation<{ readonly userCode: string }> {
  readonly userCode: string;
  readonly verificationUrl: string;
  /** The vendor's text for the person. */
  readonly message?: string;
  readonly expiresAt: Date;
}

const FIELDS: Fields = { targetApplicationId: text, targetRegion: REGION, targetOrganizationName: text };

const DeviceCodeSchema = z.looseObject({
  userCode: z.string(),
  verificationUrl: z.string(),
  expiresIn: z.nullish(z.number()),
  message: z.nullish(z.string()),
});

/** Codes of Microsoft live for so long, where the answer does not say it. */
const USUAL_LIFE_SECONDS = 900;
const POLL_MS = 5_000;

class ShownDeviceCode extends OperationResource<{ readonly userCode: string }> implements DeviceCode {
  declare readonly userCode: string;
  readonly verificationUrl: string;
  declare readonly message?: string;
  readonly expiresAt: Date;

  constructor(
    operation: Operation<{ readonly userCode: string }>,
    code: {
      readonly userCode: string;
      readonly verificationUrl: string;
      readonly message?: string;
      readonly expiresAt: Date;
    },
  ) {
    super(operation);
    // Left out of inspection and JSON.
    Object.defineProperty(this, 'userCode', { value: code.userCode });
    if (code.message !== undefined) Object.defineProperty(this, 'message', { value: code.message });
    this.verificationUrl = code.verificationUrl;
    this.expiresAt = code.expiresAt;
  }
}

/** Asks for a device code, and makes the operation that waits for the person. */
export async function createDeviceCode(session: SessionOf, options: DeviceCodeOptions): Promise<DeviceCode> {
  const { system } = session;
  requireSince(system, 'v6', 'deviceCode');
  checkFields(options, [...Object.keys(FIELDS), 'signal', 'requestTimeoutMs']);
  const { version } = system.dialect;
  const body = readFields(options, FIELDS, { version });
  const { signal, requestTimeoutMs } = options;
  const request = postBelow(session, '/organization/restoreDeviceCode', {}, { body });
  const answer = await system.write(request, omitUndefined({ signal, requestTimeoutMs }));
  const { userCode, verificationUrl, expiresIn, message } = system.parse(DeviceCodeSchema, answer);
  requireText('userCode', userCode);
  system.transport.redactor.add(userCode);
  const startedAt = new Date(system.clock.now());
  const expiresAt = new Date(startedAt.getTime() + (expiresIn ?? USUAL_LIFE_SECONDS) * 1_000);
  const operation = system.operation<{ readonly userCode: string }>({
    kind: `veeam-m365-${version}/device-code`,
    id: session.id,
    startedAt,
    // The last poll comes after the code has expired, and says so.
    timeoutMs: expiresAt.getTime() - startedAt.getTime() + 60_000,
    poll: async ({ signal: aborted }) => {
      const check = apiRequest('post', `/${version}/DeviceCode/check`, { body: { userCode } });
      const polled = await system.poll(check, aborted ? { signal: aborted } : {});
      const { raw, authenticated } = readCheck(polled.body);
      if (authenticated) return { state: 'succeeded', result: { userCode, aftermath: [] }, raw };
      if (system.clock.now() > expiresAt.getTime()) {
        const failure = {
          message: 'Nobody has signed in with the device code, and it has expired.',
          code: 'expired',
          details: {},
        };
        return { state: 'failed', failure, raw };
      }
      return { state: 'running', message: 'Nobody has signed in with the device code yet.', pollAfterMs: POLL_MS, raw };
    },
  });
  return new ShownDeviceCode(operation, {
    userCode,
    verificationUrl,
    expiresAt,
    ...omitUndefined({ message: message ?? undefined }),
  });
}

function readCheck(body: unknown): { readonly raw: unknown; readonly authenticated: boolean } {
  return { raw: body, authenticated: isObject(body) && body.authenticated === true };
}
