/** Turns of the microtask queue in which a look through a client is done that is answered out of memory, twice over. */
const QUICK_TURNS = 60;

/**
 * Does `act` while something is open still that nothing in memory keeps open. A timer that is not needed costs; and a
 * test's clock whose `sleep` lets the time pass at once would find each answer late.
 */
export async function unlessQuick(isOpen: () => boolean, act: () => void): Promise<void> {
  for (let turn = 0; turn < QUICK_TURNS; turn += 1) {
    await undefined;
    if (!isOpen()) return;
  }
  act();
}
