import type { AuthKind } from '../auth/auth.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { HttpTraits } from '../http/traits.ts';

/** What is specific to one system in the parts that all clients share. */
export interface SystemTraits extends HttpTraits {
  /** The kinds of auth that the system takes. */
  readonly accepts: readonly AuthKind[];
  /** Path of the system's own token endpoint, if it has one. */
  readonly tokenPath?: string;
  /** Fields that it wants in every request for a token, beside the grant. They may depend on earlier answers. */
  readonly tokenFields?: () => Readonly<Record<string, string>>;
  /** A path that people often append to the base URL by mistake. */
  readonly strayPath?: RegExp;
  /** A cheap read, to check whether the server answers. The content of its answer does not matter. */
  readonly cheapRead: ApiRequest;
}
