import { docspace } from './support/arenas/docspace.ts';
import { holdsUnderChaos } from './support/holds-under-chaos.ts';

holdsUnderChaos(docspace);
