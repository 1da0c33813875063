import { cloudFoundry } from './support/arenas/cloud-foundry.ts';
import { holdsUnderChaos } from './support/holds-under-chaos.ts';

holdsUnderChaos(cloudFoundry);
