import { playThroughHaproxy } from '../haproxy/play-through-haproxy.ts';
import type { Arena } from './arena.ts';
import { cloudFoundry } from './arenas/cloud-foundry.ts';
import { docspace } from './arenas/docspace.ts';
import { oracleEpm } from './arenas/oracle-epm.ts';
import { veeamV5, veeamV6 } from './arenas/veeam-m365.ts';
import { type ChaosReport, type ChaosRun, checkChaos } from './check-chaos.ts';

/** A system whose schedules can be played, whatever they are made of. */
export interface Playground {
  readonly name: string;
  play(run: ChaosRun): Promise<ChaosReport>;
  playThroughHaproxy(run: ChaosRun): Promise<ChaosReport>;
}

function playground<Extra>(arena: Arena<Extra>): Playground {
  return {
    name: arena.name,
    play: (run) => checkChaos(arena, run),
    playThroughHaproxy: (run) => playThroughHaproxy(arena, run),
  };
}

export const playgrounds: readonly Playground[] = [
  playground(oracleEpm),
  playground(cloudFoundry),
  playground(veeamV5),
  playground(veeamV6),
  playground(docspace),
];
