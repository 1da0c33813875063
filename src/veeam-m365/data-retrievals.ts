import type { CallOptions } from '../client/client-options.ts';
import { requireSegment } from '../http/path-segment.ts';
import { openSession } from './explore.ts';
import { checkFields } from './restore-options.ts';
import type { RestoreSession } from './restore-session.ts';
import { requestsSince } from './shared-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** Sessions on data that was retrieved from an archive. Since v6. */
export interface DataRetrievals {
  /**
   * Opens a session on what a data retrieval has fetched; the retrieval decides the moment and the product. Sent once, never
   * repeated. It restores nothing (VM-1).
   * @see https://helpcenter.veeam.com/docs/vbo365/rest/reference.html
   * @throws {ConfigurationError} wrong input, or the client speaks v5; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or names no session; `reconcile()` looks for it in the list
   */
  explore(
    dataRetrievalId: string,
    input?: { readonly note?: string | undefined },
    options?: CallOptions,
  ): Promise<RestoreSession>;
}

export function dataRetrievals(system: VeeamSystem): DataRetrievals {
  return {
    explore: async (id, input = {}, options = {}) => {
      const send = requestsSince(system.dialect.version, { since: 'v6', what: 'dataRetrievals.explore' });
      const dataRetrievalId = requireSegment('dataRetrievalId', id);
      checkFields(input, ['note']);
      const params = { path: { dataRetrievalId } };
      return openSession(
        system,
        {
          facts: { dataRetrievalId },
          what: `a restore session of data retrieval ${dataRetrievalId}`,
          note: input.note,
          request: send('post', '/DataRetrievals/{dataRetrievalId}/explore', { params }),
        },
        options,
      );
    },
  };
}
