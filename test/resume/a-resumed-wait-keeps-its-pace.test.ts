import { describe, expect, it } from 'vitest';
import { resume } from '../../src/client/resume.ts';
import { type OperationHandle, type SavedHandle, waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { clientsAt } from './support/clients.ts';
import { type Golden, goldens } from './support/golden.ts';

const running = goldens.filter(({ handle }) => handle.path !== undefined);

/** All systems in one server: nothing ever ends. */
function busySystems(handle: OperationHandle) {
  const clock = virtualClock();
  const pollsAt: number[] = [];
  const { fetch } = scriptedServer(({ url: { pathname } }) => {
    if (handle.sessionId !== undefined && pathname !== handle.path && pathname.endsWith(`/${handle.sessionId}`)) {
      return Response.json({ id: handle.sessionId, type: 'Vex', state: 'Working', result: 'Success' });
    }
    // Other calls, such as a list of sessions, are not this test's.
    if (pathname !== handle.path) return new Response(null, { status: 503 });
    pollsAt.push(clock.now());
    if (pathname.endsWith('/Events')) return Response.json({ offset: 0, limit: 30, results: [], _links: {} });
    if (pathname.startsWith('/interop/')) return Response.json({ status: -1, details: null, links: null });
    if (pathname.startsWith('/v3/')) return Response.json({ guid: handle.id, state: 'POLLING' });
    if (/^\/v[5-8]\//.test(pathname)) {
      return Response.json({ id: handle.id, type: 'Vex', state: 'Working', result: 'Success' });
    }
    const response = { isCompleted: false, progress: 40, error: '', tenantId: 1, status: 1, taskId: handle.id };
    return Response.json({ response, count: 1, links: [], status: 0, statusCode: 200 });
  });
  const clients = () => clientsAt(fetch, { clock });
  const resumed = (saved: SavedHandle) => resume(saved, clients());
  const gaps = () => pollsAt.slice(1).map((at, index) => at - (pollsAt[index] ?? 0));
  return { clock, pollsAt, clients, resumed, gaps };
}

/** The same handle, of an operation that began so long before the clock's now. */
const startedBefore = ({ handle }: Golden, now: number, ms: number): OperationHandle => ({
  ...handle,
  startedAt: new Date(now - ms).toISOString(),
});

describe.each(running)('$name, resumed', (golden) => {
  it('after an hour is polled once, and then at the pace of an hour', async () => {
    const { clock, pollsAt, resumed, gaps } = busySystems(golden.handle);
    const began = clock.now();
    await rejection(waitForCompletion(resumed(startedBefore(golden, began, HOUR)), { timeoutMs: 20 * MINUTE }));
    expect(pollsAt[0]).toBe(began);
    // The last two are drawn together by the deadline.
    for (const gap of gaps().slice(0, -1)) expect(gap).toBeGreaterThanOrEqual(0.9 * MINUTE);
    expect(pollsAt.length).toBeGreaterThan(15);
    expect(pollsAt.length).toBeLessThan(25);
  });

  it('right after its start is not polled sooner than if it had stayed', async () => {
    const { clock, pollsAt, resumed } = busySystems(golden.handle);
    const began = clock.now();
    await rejection(waitForCompletion(resumed(startedBefore(golden, began, 0)), { timeoutMs: MINUTE }));
    expect((pollsAt[0] ?? 0) - began).toBeGreaterThanOrEqual(1.8 * SECOND);
  });

  it.each([
    ['an hour behind', -HOUR],
    ['a day behind', -24 * HOUR],
  ])('on a machine whose clock is %s is polled, and not in a hot loop', async (_, aheadMs) => {
    const { clock, pollsAt, resumed, gaps } = busySystems(golden.handle);
    const began = clock.now();
    await rejection(waitForCompletion(resumed(startedBefore(golden, began, aheadMs)), { timeoutMs: 5 * MINUTE }));
    expect((pollsAt[0] ?? 0) - began).toBeLessThanOrEqual(3 * SECOND);
    for (const gap of gaps().slice(0, -1)) expect(gap).toBeGreaterThanOrEqual(1.8 * SECOND);
  });

  it('twice by one client shares its polls', async () => {
    const { clock, pollsAt, clients, gaps } = busySystems(golden.handle);
    const handle = startedBefore(golden, clock.now(), HOUR);
    const own = clients();
    const waits = [handle, JSON.stringify(handle)].map((saved) =>
      rejection(waitForCompletion(resume(saved, own), { timeoutMs: 30 * MINUTE })),
    );
    await Promise.all(waits);
    expect(pollsAt.length).toBeGreaterThan(25);
    // Of the two jitters the shorter one counts.
    for (const gap of gaps().slice(0, -1)) expect(gap).toBeGreaterThanOrEqual(0.9 * MINUTE);
  });
});
