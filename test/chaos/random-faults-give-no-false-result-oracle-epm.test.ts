import { oracleEpm } from './support/arenas/oracle-epm.ts';
import { holdsUnderChaos } from './support/holds-under-chaos.ts';

holdsUnderChaos(oracleEpm);
