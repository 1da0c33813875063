/**
 * CPU of one poll without a transport. `node cpu.mjs <helper> <polls>`
 *
 * Back to back: one wait whose sleeps end at once, so that only the helper runs. On its own timer: twenty waits of 1 to
 * 20 ms, with the turn of the event loop that every sleep needs.
 */
import { tell } from './tell.mjs';
import { waiters } from './waiters.mjs';

const [helper, polls] = [process.argv[2], Number(process.argv[3])];
const wait = await waiters[helper]();
const native = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

async function measure(waits, pollsEach) {
  const left = new Array(waits).fill(pollsEach);
  const check = async (index) => {
    left[index] -= 1;
    return left[index] <= 0;
  };
  const before = process.cpuUsage();
  await Promise.all(left.map((_, index) => wait(index, check, index + 1)));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (waits * pollsEach);
}

/** Some helpers refuse an interval of 0, so each sleep moves the time. */
async function backToBack() {
  const realNow = Date.now;
  let passed = 0;
  Date.now = () => realNow() + passed;
  globalThis.setTimeout = (callback, ms, ...args) => {
    passed += ms;
    return setImmediate(callback, ...args);
  };
  globalThis.clearTimeout = (timer) => clearImmediate(timer);
  try {
    return await measure(1, polls);
  } finally {
    Object.assign(globalThis, native);
    Date.now = realNow;
  }
}

async function medianOf(rounds, work) {
  await work();
  const all = [];
  for (let turn = 0; turn < rounds; turn += 1) all.push(await work());
  return all.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

tell({
  backToBackUs: await medianOf(5, backToBack),
  onTimersUs: await medianOf(1, () => measure(20, Math.ceil(polls / 400))),
});
