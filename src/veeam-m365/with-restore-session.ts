import type { CallOptions } from '../client/client-options.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalAbove0 } from '../errors/require.ts';
import { waitForCompletion } from '../operation/wait-for-completion.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { VeeamM365Client } from './client.ts';
import type { ExploreInput } from './explore.ts';
import type { RestoreSession } from './restore-session.ts';

/** A session, on an organization or on a backup job. */
export type WithRestoreSessionInput = ExploreInput &
  (
    | { readonly organizationId: string; readonly jobId?: undefined }
    | { readonly jobId: string; readonly organizationId?: undefined }
  );

export interface WithRestoreSessionOptions extends CallOptions {
  /** How long the session may take until it can be used, in milliseconds. @default 15 min */
  readonly readyTimeoutMs?: number | undefined;
}

const READY_TIMEOUT_MS = 15 * 60_000;

/**
 * Opens a session, waits until it can be used, runs `work`, and stops the session, also if `work` throws. Returns what
 * `work` returns, and throws what it throws: a stop that fails hides neither.
 *
 * A stop may cut off a restore. So the session is left open while a restore in it has not ended, whoever started it, or if
 * it cannot be stopped; `onEvent` of the client then gets the event 'left-open'. Wait in `work` for what you start there.
 * @example
 * await withRestoreSession(veeam, { organizationId, dateTime: new Date(), type: 'exchange' }, async (session) => {
 *   const mailbox = await session.mailboxes.find({ email: 'ann@example.org' });
 *   await waitForCompletion(await session.mailboxes.restore(mailbox.id));
 * });
 * @throws {ConfigurationError} the input is wrong; nothing was sent
 * @throws {StartOutcomeUnknownError} it is not known whether the session was opened
 * @throws {WaitTimeoutError} the session could not be used in time
 */
export async function withRestoreSession<T>(
  client: VeeamM365Client,
  input: WithRestoreSessionInput,
  work: (session: RestoreSession) => T | Promise<T>,
  options: WithRestoreSessionOptions = {},
): Promise<T> {
  const { readyTimeoutMs = READY_TIMEOUT_MS, signal, requestTimeoutMs } = options;
  optionalAbove0('readyTimeoutMs', readyTimeoutMs);
  if (typeof work !== 'function') throw new ConfigurationError('work', 'must be a function.');
  const { organizationId, jobId, ...explore } = input ?? {};
  if ((organizationId === undefined) === (jobId === undefined)) {
    throw new ConfigurationError('organizationId', 'must be given, or jobId, but not both.');
  }
  const call = omitUndefined({ signal, requestTimeoutMs });
  const session =
    organizationId === undefined
      ? await client.jobs.explore(jobId ?? '', explore, call)
      : await client.organizations.explore(organizationId, explore, call);
  try {
    await waitForCompletion(session, { until: 'ready', timeoutMs: readyTimeoutMs, ...omitUndefined({ signal }) });
    return await work(session);
  } finally {
    await session.settle();
  }
}
