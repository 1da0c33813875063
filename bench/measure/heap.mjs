/** Heap of one sleeping wait, after its first poll. `node --expose-gc heap.mjs <helper> <how many>` */
import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from './tell.mjs';
import { waiters } from './waiters.mjs';

const [helper, count] = [process.argv[2], Number(process.argv[3])];
const HOUR_MS = 3_600_000;
const wait = await waiters[helper]();
const keep = [];
let polls = 0;

async function begin(from, to) {
  for (let index = from; index < to; index += 1) {
    keep[index] = wait(
      index,
      async () => {
        polls += 1;
        return false;
      },
      HOUR_MS,
    );
  }
  while (polls < to) await sleep(10);
  await sleep(20);
}

async function heapUsed() {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc();
    await sleep(20);
  }
  return process.memoryUsage().heapUsed;
}

const WARM = 500;
keep.length = WARM + count;
keep.fill(undefined);
await begin(0, WARM);
const before = await heapUsed();
await begin(WARM, WARM + count);
tell({ bytes: ((await heapUsed()) - before) / count });
