/**
 * Makes docs/progress.svg: the terminal display of five restores against the emulators, side by side. The restores are real
 * ones, through the clients of this package; they run on a virtual clock, so that three quarters of an hour take seconds.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import {
  basicAuth,
  CloudFoundryClient,
  DocSpaceClient,
  docspaceApiKey,
  OracleEpmClient,
  uaaPassword,
  VeeamM365V5Client,
  VeeamM365V6Client,
  veeamPassword,
} from '../src/index.ts';
import type { Operation } from '../src/operation/operation.ts';
import { type ProgressDisplay, progressDisplay } from '../src/terminal/index.ts';
import {
  cloudFoundryEmulator,
  docspaceBackups,
  docspaceCredentials,
  docspaceEmulator,
  oracleEpmEmulator,
  veeamM365Emulator,
  virtualClock,
} from '../src/testing/index.ts';

const FILE = join(import.meta.dirname, '../docs/progress.svg');
const COLUMNS = 96;
const ROWS = 7;
const MINUTE = 60_000;
/** A frame of the picture stands for so much time ... */
const FRAME_EVERY_MS = 2 * MINUTE;
/** ... and is shown for so long. */
const FRAME_SHOWN_S = 0.4;
const LAST_SHOWN_S = 4;

// Without jitter, so that two runs differ little.
const clock = Object.assign(virtualClock(Date.UTC(2026, 3, 23, 3, 0)), { random: () => 0.5 });
const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true, convertEol: true });
let written: Promise<void> = Promise.resolve();
const stream = {
  write: (text: string) => {
    written = new Promise((resolve) => terminal.write(text, resolve));
    return true;
  },
};
const display = progressDisplay({ stream, clock, isTty: true, width: COLUMNS, unicode: true, refreshMs: 1_000 });

async function run(label: string, start: () => Promise<Operation<unknown>>): Promise<void> {
  await (display as ProgressDisplay).wait(await start(), { label });
}

const admin = { username: 'admin', password: 'secret' };
const baseUrl = 'https://system.example.org';
const common = { baseUrl, clock };

function restores(): readonly Promise<void>[] {
  const oracle = oracleEpmEmulator({
    clock,
    scenario: {
      durationMs: 42 * MINUTE,
      faults: { outage: { kind: 'unavailable', fromMs: 9 * MINUTE, toMs: 27 * MINUTE } },
    },
  });
  const foundation = cloudFoundryEmulator({
    clock,
    scenario: { durationMs: 25 * MINUTE, faults: { outage: { kind: 'reset', fromMs: 6 * MINUTE, toMs: 11 * MINUTE } } },
  });
  const portal = docspaceEmulator({
    clock,
    scenario: { durationMs: 34 * MINUTE, swapGap: { kind: 'not-found', ms: 5 * MINUTE } },
  });
  const epm = new OracleEpmClient({ ...common, fetch: oracle.fetch, auth: basicAuth(admin) });
  const cf = new CloudFoundryClient({ ...common, fetch: foundation.fetch, auth: uaaPassword(admin) });
  const docspace = new DocSpaceClient({
    ...common,
    fetch: portal.fetch,
    auth: docspaceApiKey(docspaceCredentials.apiKey),
  });
  return [
    run('Oracle EPM', () => epm.environment.restore({ backupName: '2026-04-23T08:48:06/Environment_Backup' })),
    run('Cloud Foundry', () =>
      cf.serviceInstances.restore({ into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c', from: 'server-default' }),
    ),
    mailbox(VeeamM365V5Client, 'Veeam 365 v5', 17 * MINUTE),
    mailbox(VeeamM365V6Client, 'Veeam 365 v6', 22 * MINUTE),
    run('DocSpace', () => docspace.portal.restore({ backupId: docspaceBackups.good.id, notify: false })),
  ];
}

async function mailbox(Client: typeof VeeamM365V5Client | typeof VeeamM365V6Client, label: string, durationMs: number) {
  const server = veeamM365Emulator({ clock, scenario: { mailboxRestore: { durationMs } } });
  const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });
  const veeam = new Client({ ...common, fetch: server.fetch, auth });
  const dateTime = new Date(Math.max(...server.backupTimes.map((time) => new Date(time).getTime())));
  const session = await veeam.organizations.explore(server.organizationId, { dateTime, type: 'exchange' });
  const found = await session.mailboxes.find({ email: 'user1@abc.onmicrosoft.com' });
  const login = { userName: 'admin@abc.onmicrosoft.com', userPassword: 'secret' };
  await run(label, () => session.mailboxes.restore(found.id, login));
}

/** The screen as it is now, a text for each row. */
async function screen(): Promise<readonly string[]> {
  await written;
  const { active } = terminal.buffer;
  return Array.from({ length: ROWS }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '');
}

async function film(): Promise<readonly (readonly string[])[]> {
  const frames: (readonly string[])[] = [];
  let isOver = false;
  const all = Promise.all(restores()).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await clock.sleep(FRAME_EVERY_MS);
    const frame = await screen();
    if (frame.join() !== frames.at(-1)?.join()) frames.push(frame);
  }
  await all;
  display.close();
  return [...frames, await screen()];
}

const CHARACTER = { width: 8.4, height: 20 };
const MARGIN = 16;

/** A film of texts: each frame is shown for its share of the loop. */
function draw(frames: readonly (readonly string[])[]): string {
  const seconds = (frames.length - 1) * FRAME_SHOWN_S + LAST_SHOWN_S;
  const percentOf = (frame: number) => ((100 * frame * FRAME_SHOWN_S) / seconds).toFixed(2);
  const width = Math.ceil(COLUMNS * CHARACTER.width + 2 * MARGIN);
  const rows = Math.max(...frames.map((frame) => frame.findLastIndex((row) => row !== '') + 1));
  const height = rows * CHARACTER.height + 2 * MARGIN;
  const styles = frames.map((_, index) => {
    const from = percentOf(index);
    const to = index === frames.length - 1 ? '100' : percentOf(index + 1);
    const before = index === 0 ? '' : `0%{opacity:0}`;
    const after = index === frames.length - 1 ? '' : `${to}%{opacity:0}`;
    return `@keyframes f${index}{${before}${from}%{opacity:1}${after}}#f${index}{animation:f${index} ${seconds}s step-end infinite}`;
  });
  // Without animation, the last frame alone is seen.
  const still = frames.slice(0, -1).map((_, index) => `#f${index}{opacity:0}`);
  const groups = frames.map((frame, index) => {
    const texts = frame.flatMap((row, number) =>
      row === ''
        ? []
        : [`<text x="${MARGIN}" y="${MARGIN + (number + 0.75) * CHARACTER.height}">${escaped(row)}</text>`],
    );
    return `<g id="f${index}">${texts.join('')}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Five restores side by side on a terminal: three of them cannot be seen for a while, and all succeed.">
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#e6edf3;white-space:pre}${still.join('')}@media (prefers-reduced-motion:no-preference){${styles.join('')}}</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${groups.join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');
}

writeFileSync(FILE, draw(await film()));
