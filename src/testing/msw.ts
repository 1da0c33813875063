import { type HttpHandler, HttpResponse, http } from 'msw';
import type { Emulator } from './emulator.ts';

export interface MswHandlersOptions {
  /** Which requests the emulator answers: a URL with wildcards or a regular expression, as in msw. @default '*' */
  readonly url?: string | RegExp;
}

/**
 * Serves an emulator through Mock Service Worker: `setupServer(...mswHandlers(emulator))`.
 *
 * A connection that the emulator closes becomes a network error.
 */
export function mswHandlers(emulator: Emulator, { url = '*' }: MswHandlersOptions = {}): HttpHandler[] {
  return [
    http.all(url, async ({ request }) => {
      try {
        return await emulator.fetch(request);
      } catch {
        return HttpResponse.error();
      }
    }),
  ];
}
