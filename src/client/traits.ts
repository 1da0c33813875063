import type { AuthKind } from '../auth/auth.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { HttpTraits } from '../http/traits.ts';

/** In what one system differs from the others, as far as every client has it. */
export interface SystemTraits extends HttpTraits {
  /** Auth makers that fit. */
  readonly accepts: readonly AuthKind[];
  /** Path of the system's own token endpoint. */
  readonly tokenPath?: string;
  /** What people paste behind the base URL although it is no part of it. */
  readonly strayPath?: RegExp;
  /** A read that costs the server little. Its answer does not matter, only that there is one. */
  readonly cheapRead: ApiRequest;
}
