// All restores, over loopback, and prints how they ended.
import { ofEachSystem, restoreOverLoopback } from './restore-systems.ts';

console.log(JSON.stringify(await ofEachSystem(restoreOverLoopback)));
