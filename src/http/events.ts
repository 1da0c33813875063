/** Events about requests. They hold paths without a query, and never a header or a body. */
export type HttpEvent =
  | { readonly type: 'request'; readonly at: number; readonly method: string; readonly path: string }
  | {
      readonly type: 'response';
      readonly at: number;
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly durationMs: number;
      readonly requestId: string | undefined;
    }
  | {
      readonly type: 'retry';
      readonly at: number;
      readonly attempt: number;
      readonly delayMs: number;
      readonly error: unknown;
    }
  /** Credentials were sent to a token endpoint; `origin` may differ from the base URL's. */
  | { readonly type: 'token-refresh'; readonly at: number; readonly origin: string; readonly grant: string };
