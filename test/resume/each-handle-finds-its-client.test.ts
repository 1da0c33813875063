import { describe, expect, it } from 'vitest';
import { type ResumingClient, resume } from '../../src/client/resume.ts';
import type { Clock } from '../../src/clock/clock.ts';
import type { FetchLike } from '../../src/http/fetch-like.ts';
import { type SavedHandle, waitForAll } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientsAt, ORIGINS } from './support/clients.ts';
import { endedFor, endedPortal, endedSystems, portalWithBackup, RESTORED } from './support/ended-systems.ts';
import { type Golden, goldens } from './support/golden.ts';
import { handleErrorOf } from './support/handle-error.ts';

/** Clients of the same systems elsewhere, which no golden handle belongs to. */
const elsewhere = (fetch: FetchLike) =>
  Object.values(ORIGINS).flatMap((baseUrl) => clientsAt(fetch, { baseUrl: baseUrl.replace('//', '//other.') }));

/** A client of each system and more of each elsewhere, in an order that helps nobody. */
function everyClient(fetch: FetchLike, more: { readonly clock?: Clock } = {}) {
  return [...elsewhere(fetch), ...clientsAt(fetch, more)].reverse();
}

describe('over a list of all systems', () => {
  it.each(goldens)('$name goes to the client of its kind and its origin', ({ handle, text }) => {
    const { received, fetch } = endedFor(handle);
    for (const clients of [everyClient(fetch), everyClient(fetch).reverse()]) {
      expect(resume(text, clients).toJSON()).toMatchObject({ kind: handle.kind, baseUrl: handle.baseUrl });
    }
    expect(received).toEqual([]);
  });

  it('all handles of a mixed pile go on, each at its own system', async () => {
    const clock = virtualClock();
    const systems = endedSystems([RESTORED]);
    const portal = endedPortal(goldens.find(({ name }) => name === 'docspace.restore')?.handle.id ?? '');
    const backups = portalWithBackup(goldens.find(({ name }) => name === 'docspace.backup')?.handle.id ?? '');
    const clients = everyClient(
      (input, init) => {
        const ofPortal = input.includes('/getbackup') ? backups : portal;
        return (input.startsWith(ORIGINS.docspace) ? ofPortal : systems).fetch(input, init);
      },
      { clock },
    );
    const operations = goldens.map(({ text }) => resume(text, clients));
    const settled = await waitForAll(operations, { clock });
    expect(settled.map(({ status }) => status)).toEqual(goldens.map(() => 'fulfilled'));
    const baseUrls = new Set([...systems.received, ...portal.received].map(({ url }) => url.origin));
    expect([...baseUrls].sort()).toEqual(Object.values(ORIGINS).sort());
  });

  it('of two clients that fit, the first one goes on', async () => {
    const [golden] = goldens as [Golden];
    const first = endedFor(golden.handle);
    const second = endedFor(golden.handle);
    await resume(golden.text, [...clientsAt(first.fetch), ...clientsAt(second.fetch)]).poll();
    expect(first.received).not.toEqual([]);
    expect(second.received).toEqual([]);
  });
});

describe.each(goldens)('$name', ({ handle }) => {
  const fits = ({ kinds, otherKinds = [] }: ResumingClient) => [...kinds, ...otherKinds].includes(handle.kind);
  const change = (more: Record<string, unknown>) => ({ ...handle, ...more }) as SavedHandle;

  it('is refused by the clients of all other systems, by its kind and before any request', () => {
    const { received, fetch } = endedFor(handle);
    const others = clientsAt(fetch, { baseUrl: handle.baseUrl ?? '' }).filter((client) => !fits(client));
    expect(others.length).toBeGreaterThan(2);
    for (const client of others) {
      const { field, message } = handleErrorOf(() => client.resume(handle));
      expect(field).toBe('kind');
      expect(message).toContain(handle.kind);
      for (const kind of client.kinds) expect(message).toContain(kind);
    }
    expect(handleErrorOf(() => resume(handle, others))).toMatchObject({ field: 'kind' });
    expect(handleErrorOf(() => resume(handle, []))).toMatchObject({ field: 'kind' });
    expect(received).toEqual([]);
  });

  it('is refused by a client of another baseUrl, which is named', () => {
    const { received, fetch } = endedFor(handle);
    const own = elsewhere(fetch).filter((client) => fits(client));
    for (const client of own) {
      const { field, message } = handleErrorOf(() => client.resume(handle));
      expect(field).toBe('baseUrl');
      expect(message).toContain(handle.baseUrl);
      expect(message).toContain(client.baseUrl);
    }
    expect(handleErrorOf(() => resume(handle, own)).message).toContain(handle.baseUrl);
    expect(received).toEqual([]);
  });

  it.each([
    ['another port', (baseUrl: string) => `${baseUrl.replace(/:\d+$/, '')}:9443`],
    ['another scheme', (baseUrl: string) => baseUrl.replace('https:', 'http:')],
    ['another host that begins alike', (baseUrl: string) => baseUrl.replace(/(:\d+)?$/, '.attacker.invalid$1')],
    ['credentials before the host', (baseUrl: string) => baseUrl.replace('//', '//attacker@')],
    ['none', () => undefined],
  ])('with %s in its origin is refused', (_, changed) => {
    const { received, fetch } = endedFor(handle);
    const saved = change({ baseUrl: changed(handle.baseUrl ?? '') });
    expect(handleErrorOf(() => resume(saved, clientsAt(fetch)))).toMatchObject({ field: 'baseUrl' });
    expect(received).toEqual([]);
  });

  it('of a kind that nobody knows is refused by its name', () => {
    const { message, field } = handleErrorOf(() =>
      resume(change({ kind: 'acme/restore' }), clientsAt(endedFor(handle).fetch)),
    );
    expect(field).toBe('kind');
    expect(message).toContain('acme/restore');
  });
});
