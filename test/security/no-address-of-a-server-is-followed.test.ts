import { waitForCompletion } from 'restorekit/operation';
import { type Emulator, virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import type { FetchLike } from '../../src/http/fetch-like.ts';
import { rewritten } from './rewritten-answers.ts';
import { BASE, systems } from './systems.ts';

const SECRET = 'sk-key-of-the-house';
const GATEWAY = { 'x-gateway-key': 'key-of-the-gateway' };

/** What an answer may name instead of an address of its own; `path` begins with a slash. */
const elsewhere: Readonly<Record<string, (path: string) => string>> = {
  'another host': (path) => `https://evil.example.net${path}`,
  'another host, without a scheme': (path) => `//evil.example.net${path}`,
  'another host, with backslashes': (path) => `\\\\evil.example.net${path}`,
  'ours as the user of another': (path) => `${BASE}@evil.example.net${path}`,
  'ours as the beginning of another': (path) => `${BASE}.evil.example.net${path}`,
  'another port': (path) => `${BASE}:8443${path}`,
  'plain http': (path) => `${BASE.replace('https', 'http')}${path}`,
  'another host behind white space': (path) => ` \t\n https://evil.example.net${path}`,
  'a scheme without slashes': (path) => `https:evil.example.net${path}`,
};

const ADDRESS = /^(?:https?:\/\/[^/]+)?(\/(?!\/)[\w./?=&%~:+-]*)$/;

/** Remembers what was asked for, before anything is sent. */
function watched(fetch: FetchLike) {
  const asked: { readonly url: string; readonly method: string; readonly headers: Headers }[] = [];
  const watching: FetchLike = (url, init) => {
    // A real fetch would follow by itself.
    expect(init.redirect).toBe('manual');
    asked.push({ url, method: init.method ?? 'GET', headers: new Headers(init.headers) });
    return fetch(url, init);
  };
  return { asked, fetch: watching };
}

/** What gets credentials in exchange for a token. */
const isLogin = ({ routes }: Emulator, url: string) =>
  routes.some(({ role, path }) => role === 'token' && path.toLowerCase() === new URL(url).pathname.toLowerCase());

describe.each(Object.entries(systems))('%s', (_, make) => {
  it.each(Object.entries(elsewhere))('answers that name %s in every place bring no request there', async (_, to) => {
    const clock = virtualClock();
    const { emulator, connect, loginElsewhere, namesAddresses } = make(clock, SECRET);
    let changed = 0;
    const text = (value: string) => {
      const path = ADDRESS.exec(value)?.[1];
      if (path === undefined) return value;
      changed += 1;
      return to(path);
    };
    // That of the token endpoint is another origin by right, so its address stays (see below).
    const inPlaces = (value: string, where: string) => (loginElsewhere?.place.test(where) ? value : text(value));
    const atHome: FetchLike = (url, init) => emulator.fetch(url, init);
    const { asked, fetch } = watched(rewritten(atHome, { text: inPlaces }));
    const { calls, start } = connect({ fetch, headers: GATEWAY });

    for (const call of Object.values(calls)) await call().catch(() => undefined);
    const operation = await start().catch(() => undefined);
    if (operation) await waitForCompletion(operation, { timeoutMs: 600_000 }).catch(() => undefined);
    for (const call of Object.values(calls)) await call().catch(() => undefined);

    const away = asked.filter(({ url }) => new URL(url).origin !== BASE);
    for (const { url, headers } of away) {
      // A token endpoint elsewhere gets the grant, and nothing else.
      expect(loginElsewhere).toBeDefined();
      expect([url, isLogin(emulator, url)]).toEqual([url, true]);
      expect([...headers.keys()].sort()).toEqual(['accept', 'authorization', 'content-type', 'user-agent']);
    }
    expect(away.filter(({ url }) => /evil|:8443|^http:/.test(url))).toEqual([]);
    expect(asked.length).toBeGreaterThan(3);
    // Where nothing was rewritten, nothing was shown.
    if (namesAddresses) expect(changed).toBeGreaterThan(0);
  });

  it.each([300, 301, 302, 303, 304, 307, 308])(
    'a %i to elsewhere is followed by nothing, and no start is sent twice',
    async (code) => {
      const clock = virtualClock();
      const { emulator, connect, loginElsewhere } = make(clock, SECRET);
      const redirected: FetchLike = (url, init) =>
        isLogin(emulator, url) || new URL(url).pathname === loginElsewhere?.path
          ? emulator.fetch(url, init)
          : rewritten(emulator.fetch, { status: () => code, headers: { location: 'https://evil.example.net/' } })(
              url,
              init,
            );
      const { asked, fetch } = watched(redirected);
      const { calls, start } = connect({ fetch, headers: GATEWAY });

      for (const call of Object.values(calls)) await expect(call()).rejects.toBeDefined();
      const before = asked.length;
      await expect(start()).rejects.toMatchObject({ code: 'start-outcome-unknown' });

      expect(asked.slice(before).filter(({ method, url }) => method !== 'GET' && !isLogin(emulator, url))).toHaveLength(
        1,
      );
      expect(asked.filter(({ url }) => url.includes('evil'))).toEqual([]);
    },
  );

  it.each([301, 302, 303, 307, 308])('a login that is answered %i takes its credentials nowhere else', async (code) => {
    const { emulator, connect } = make(virtualClock(), SECRET);
    const { asked, fetch } = watched(
      rewritten(emulator.fetch, { status: () => code, headers: { location: 'https://evil.example.net/' } }),
    );
    await expect(connect({ fetch }).start()).rejects.toBeDefined();
    expect(asked.filter(({ url }) => url.includes('evil'))).toEqual([]);
  });
});
