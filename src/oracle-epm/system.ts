import type { paths } from '../../generated/oracle-epm.d.ts';
import type { ClientOptions } from '../client/client-options.ts';
import { System } from '../client/system.ts';
import type { PollVerdict } from '../operation/poll-verdict.ts';
import { jobVerdict } from './explain-error.ts';

/** One configured environment. */
export class EpmSystem extends System<paths> {
  /** What a failed poll means with the credentials of this client. */
  readonly verdict: (error: unknown) => PollVerdict;

  constructor(options: ClientOptions) {
    // People paste the address of the web interface (OE-24).
    super(options, { accepts: ['basic', 'bearer'], strayPath: /\/epmcloud$/i });
    this.verdict = jobVerdict(options.auth.kind);
  }
}
