import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allSucceeded } from './all-succeeded.ts';
import { emulatorOf, systemNames } from './programs/restore-systems.ts';
import { bundledForTheWeb, peerAt } from './runtimes.ts';

/** What is used of playwright-core, which is installed for these tests alone. */
interface Playwright {
  readonly chromium: {
    launch(options: { readonly executablePath: string; readonly args: readonly string[] }): Promise<Browser>;
  };
}
interface Browser {
  version(): string;
  newPage(): Promise<Page>;
  close(): Promise<void>;
}
interface Page {
  route(url: string, answer: (route: { fulfill(page: object): Promise<void> }) => Promise<void>): Promise<void>;
  goto(url: string): Promise<unknown>;
  evaluate(code: string): Promise<unknown>;
  close(): Promise<void>;
}

const CHROMIUM = '/usr/bin/chromium';
let browser: Browser;
let script: string;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) throw new Error(`There is no ${CHROMIUM}: apt-get install chromium.`);
  const playwright: Playwright = createRequire(import.meta.url)(peerAt('playwright-core'));
  browser = await playwright.chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  script = bundledForTheWeb('in-a-page.ts');
});
afterAll(() => browser?.close());

/** Calls a function of the page. The page lies at the address of the server, as behind a gateway: its requests go there. */
async function onPageAt(origin: string, call: string): Promise<unknown> {
  const page = await browser.newPage();
  try {
    const [url, code] = [`${origin}/the-page.html`, `${origin}/the-page.js`];
    const body = `<!doctype html><script type="module" src="${code}"></script>`;
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.route(code, (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
    await page.goto(url);
    return await page.evaluate(call);
  } finally {
    await page.close();
  }
}

describe.concurrent('Chromium', () => {
  it('restores each system in the page', async () => {
    expect(await onPageAt('http://127.0.0.1:9', 'restoreAllInProcess()')).toEqual(allSucceeded);
  });

  it.each(systemNames)('restores %s over loopback', async (name) => {
    const emulator = emulatorOf(name);
    const server = await emulator.listen();
    try {
      const end = await onPageAt(server.url, `restoreAt('${name}', { baseUrl: location.origin })`);
      expect(end).toEqual({ state: 'succeeded' });
      expect(emulator.restores).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  it('says what to do where an emulator cannot open a port', async () => {
    expect(await onPageAt('http://127.0.0.1:9', `listen('docspace')`)).toMatch(/node:http.*`emulator\.fetch`/);
  });
});
