/** CPU of one poll without a transport. `node cpu.mjs <helper> <waits> <polls each>` */
import { tell } from './tell.mjs';
import { waiters } from './waiters.mjs';

const [helper, waits, polls] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const wait = await waiters[helper]();

async function round() {
  const left = new Array(waits).fill(polls);
  const check = async (index) => {
    left[index] -= 1;
    return left[index] <= 0;
  };
  const before = process.cpuUsage();
  await Promise.all(left.map((_, index) => wait(index, check, 1)));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (waits * polls);
}

await round();
const rounds = [];
for (let turn = 0; turn < 5; turn += 1) rounds.push(await round());
tell({ microseconds: rounds.sort((a, b) => a - b)[2] });
