import { OutageError } from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';
import { virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { systems } from '../security/systems.ts';

const MINUTE = 60_000;

/** What stands in for a system while its front door finds nothing behind it. */
const pages: Readonly<Record<string, () => Response>> = {
  'a page that says 404': () =>
    new Response('<!DOCTYPE html><h1>Not Found</h1>', { status: 404, headers: { 'content-type': 'text/html' } }),
  'a page that says 404 and calls itself JSON': () =>
    new Response('\n<html>nothing here</html>', { status: 404, headers: { 'content-type': 'application/json' } }),
  'a page that says 200': () => new Response('<html>back soon</html>', { headers: { 'content-type': 'text/html' } }),
};

describe.each(Object.keys(systems))('%s', (name) => {
  it.each(Object.keys(pages))('%s for ten minutes is an outage, and the wait goes on', async (page) => {
    const clock = virtualClock();
    const system = systems[name]?.(clock, 'sk-another-4711');
    let from = Number.POSITIVE_INFINITY;
    const tour = system?.connect({
      fetch: async (url, init) => {
        const isHidden = clock.now() >= from && clock.now() < from + 10 * MINUTE;
        return isHidden ? (pages[page]?.() as Response) : ((await system?.emulator.fetch(url, init)) as Response);
      },
    });
    const operation = await tour?.start();
    if (!operation) throw new Error('Nothing was started.');
    await operation.poll();
    from = clock.now();
    const told = await waitForCompletion(operation, { timeoutMs: 30 * MINUTE, cadence: () => 15_000 }).catch((e) => e);
    // A Veeam session that nobody stops runs on; what counts is that it was seen again.
    expect(told).not.toBeInstanceOf(OutageError);
    expect(clock.now() - from).toBeGreaterThanOrEqual(10 * MINUTE);
  });
});
