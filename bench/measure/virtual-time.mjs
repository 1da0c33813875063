/**
 * Replaces the timers and the clock of this process by virtual ones, for all helpers in the same way. The time jumps to
 * the next timer as soon as no other work is left. It uses a binary heap, because 100,000 waits have as many timers.
 */
let now = Date.UTC(2026, 0, 1);
let order = 0;
const heap = [];

const isBefore = (a, b) => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(timer) {
  let index = heap.length;
  heap.push(timer);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(timer, heap[parent])) break;
    heap[index] = heap[parent];
    index = parent;
  }
  heap[index] = timer;
}

function pop() {
  const first = heap[0];
  const last = heap.pop();
  if (heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
    if (!isBefore(heap[child], last)) break;
    heap[index] = heap[child];
    index = child;
  }
  heap[index] = last;
  return first;
}

/** Replaces the Timeout of node, on which a caller may call `unref`. */
class Timer {
  constructor(at, callback) {
    this.at = at;
    this.order = order;
    this.callback = callback;
    order += 1;
  }
  unref() {
    return this;
  }
  ref() {
    return this;
  }
}

export function useVirtualTime() {
  Date.now = () => now;
  globalThis.setTimeout = (callback, ms = 0, ...args) => {
    const timer = new Timer(now + Math.max(1, ms), args.length === 0 ? callback : () => callback(...args));
    push(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    if (timer instanceof Timer) timer.callback = undefined;
  };
}

/** Runs until no timer is left. The work of a timer must settle without external events. */
export async function runVirtualTime() {
  while (heap.length > 0) {
    const timer = pop();
    if (timer.callback === undefined) continue;
    now = Math.max(now, timer.at);
    timer.callback();
    // The next timer runs only when all work of this one has run.
    await undefined;
    if (heap.length === 0 || heap[0].at > now) await new Promise(setImmediate);
  }
}
