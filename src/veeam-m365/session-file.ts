import type { CallOptions } from '../client/client-options.ts';
import { type Download, type DownloadOptions, openDownload } from '../http/download.ts';
import { patientFetch } from '../http/patient-fetch.ts';
import { explainChildError } from './explain-error.ts';
import { actBelow, type PathParams, type PostPath, type SessionOf } from './session-requests.ts';

/** How a file is taken out of a session. */
export interface SaveOptions extends Omit<DownloadOptions, 'resume'> {}

/** The server packs before it answers, which may take hours and has no documented limit. */
const PACKING_TIMEOUT_MS = 24 * 3_600_000;
/** A file is written by the server while it is sent. */
const IDLE_TIMEOUT_MS = 600_000;

/**
 * Asks for a file. It restores nothing, so it may be called again. The server makes the file before it answers, so there is
 * no short timeout.
 */
export async function saveBelow(
  session: SessionOf,
  path: PostPath,
  params: PathParams,
  body: object | undefined,
  options: SaveOptions,
): Promise<Download> {
  const { system, id } = session;
  const { requestTimeoutMs = PACKING_TIMEOUT_MS, idleTimeoutMs = IDLE_TIMEOUT_MS, signal, onProgress } = options;
  try {
    return await openDownload(system.transport, actBelow(session, path, params, body), {
      mode: 'poll',
      signal,
      onProgress,
      requestTimeoutMs,
      idleTimeoutMs,
      patientFetch,
    });
  } catch (error) {
    throw await explainChildError(system, id, error, signal ? { signal } : ({} satisfies CallOptions));
  }
}
