import { veeamV6 } from './support/arenas/veeam-m365.ts';
import { holdsUnderChaos } from './support/holds-under-chaos.ts';

holdsUnderChaos(veeamV6);
