import { cadenceCells, cadenceHeader } from '../cadence/format.ts';
import type { Figures } from '../figures.ts';
import { markdownTable, textTable } from '../support/table.ts';

export interface Table {
  readonly part: keyof Figures;
  readonly title: string;
  /** How it was measured and how to read it. */
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function tablesOf(figures: Figures): Table[] {
  return [
    ...sizes(figures),
    ...footprint(figures),
    ...imports(figures),
    ...waiters(figures),
    ...overhead(figures),
    ...scale(figures),
    ...virtual(figures),
    ...sessions(figures),
    ...cadence(figures),
  ];
}

export function renderTables(figures: Figures): string {
  return tablesOf(figures)
    .map(({ title, header, rows }) => `${title}\n${textTable(header, rows)}\n`)
    .join('\n');
}

export function renderMarkdown(table: Table, isOurs: (what: string) => boolean): string {
  const rows = table.rows.map((cells) => (isOurs(cells[0] ?? '') ? cells.map((cell) => `**${cell}**`) : cells));
  return markdownTable(table.header, rows);
}

const kb = (value: number | undefined) => (value === undefined ? 'does not bundle' : `${value.toFixed(1)} kB`);
const ratio = (value: number, floor: number | undefined) => `${(value / (floor ?? Number.NaN)).toFixed(2)}x`;
const grouped = (value: number) => Math.round(value).toLocaleString('en-US');

function sizes({ sizes: rows }: Figures): Table[] {
  if (!rows) return [];
  return [
    {
      part: 'sizes',
      title: 'Bundle size',
      note: 'What esbuild bundles of each, minified and gzipped, with all dependencies.',
      header: ['', 'browser', 'node'],
      rows: rows.map(({ what, browserKb, nodeKb }) => [what, kb(browserKb), kb(nodeKb)]),
    },
  ];
}

function footprint({ footprint: rows }: Figures): Table[] {
  if (!rows) return [];
  return [
    {
      part: 'footprint',
      title: 'Installed',
      note: 'Packages that an install adds, including the package itself, and their unpacked size. restorekit includes the emulators and source maps.',
      header: ['', 'packages', 'MB'],
      rows: rows.map(({ what, packages, megabytes }) => [what, String(packages), megabytes.toFixed(2)]),
    },
  ];
}

function imports({ imports: rows }: Figures): Table[] {
  if (!rows) return [];
  return [
    {
      part: 'imports',
      title: 'Cold import',
      note: `CPU time of a new process minus that of an empty one; medians of 15, measured in turns. describeError, exitCodeFor, progressDisplay and startOnce are not in the root entry: their two entries together add 4 to 6 ms to it. A CLI that imports one client starts 14 ms later than commander alone; the example CLI imports it when a command needs it.`,
      header: ['', 'ms'],
      rows: rows.map(({ what, ms }) => [what, ms.toFixed(0)]),
    },
  ];
}

function waiters({ waiters: rows }: Figures): Table[] {
  if (!rows) return [];
  const floor = rows.find(({ what }) => what === 'a bare loop');
  return [
    {
      part: 'waiters',
      title: 'One wait, without a transport',
      note: 'Heap per wait that has polled once and sleeps (10,000 waits). CPU of one poll: back to back, when only the helper runs, and on its own timer, with the turn of the event loop that every sleep needs. Medians of 3 processes. A request costs 400 us and more, so the number of requests matters most.',
      header: ['', 'heap bytes', 'ratio', 'CPU us back to back', 'ratio', 'CPU us on timers', 'ratio'],
      rows: rows.map(({ what, heapBytes, backToBackUs, onTimersUs }) => [
        what,
        grouped(heapBytes),
        ratio(heapBytes, floor?.heapBytes),
        backToBackUs.toFixed(2),
        ratio(backToBackUs, floor?.backToBackUs),
        onTimersUs.toFixed(1),
        ratio(onTimersUs, floor?.onTimersUs),
      ]),
    },
  ];
}

function overhead({ overhead: rows }: Figures): Table[] {
  if (!rows) return [];
  const floor = rows.find(({ what }) => what === 'bare fetch');
  return [
    {
      part: 'overhead',
      title: 'One request',
      note: 'GET of a job over loopback, one after another, the server in a separate process; medians of 9 rounds, measured in turns. The client adds credentials, the own-origin rule, a time limit, events, redaction and a validated answer.',
      header: ['', 'wall us', 'ratio', 'CPU us', 'ratio'],
      rows: rows.map(({ what, wallUs, cpuUs }) => [
        what,
        wallUs.toFixed(0),
        ratio(wallUs, floor?.wallUs),
        cpuUs.toFixed(0),
        ratio(cpuUs, floor?.cpuUs),
      ]),
    },
  ];
}

function scale({ scale: rows }: Figures): Table[] {
  if (!rows) return [];
  return [
    {
      part: 'scale',
      title: 'Many waits at once, over loopback',
      note: 'Each starts a restore and polls five times, 0.2 s apart: six requests. All use the same `fetch`, and the server runs in a separate process. "operations" is the waiting of this package with a bare `fetch`, "client" is the whole client. Heap is the highest value, including garbage. Medians of 3 processes up to 1,000 waits, one process at 10,000.',
      header: ['', 'waits', 'wall s', 'CPU s', 'ratio', 'heap kB per wait', 'RSS MB', 'requests', 'lost'],
      rows: rows.map((row) => [
        row.what,
        grouped(row.waits),
        row.wallS.toFixed(1),
        row.cpuS.toFixed(2),
        ratio(row.cpuS, rows.find(({ what, waits }) => what === 'bare loop' && waits === row.waits)?.cpuS),
        (row.peakHeapPerWait / 1_000).toFixed(1),
        row.peakRssMb.toFixed(0),
        grouped(row.requests),
        grouped(row.lost),
      ]),
    },
  ];
}

function virtual({ virtual: rows }: Figures): Table[] {
  if (!rows) return [];
  const [floor] = rows;
  return [
    {
      part: 'virtual',
      title: 'A hundred thousand waits, in virtual time',
      note: 'Restores of one minute to four hours that begin within a minute, without a percentage and without a transport. Each helper uses its default pace. Heap is that of the sleeping waits.',
      header: ['', 'waits', 'wall s', 'CPU s', 'heap bytes', 'ratio', 'requests', 'per wait', 'latency s', 'lost'],
      rows: rows.map((row) => [
        row.what,
        grouped(row.waits),
        row.wallS.toFixed(0),
        row.cpuS.toFixed(0),
        grouped(row.heapPerWait),
        ratio(row.heapPerWait, floor?.heapPerWait),
        grouped(row.requests),
        (row.requests / row.waits).toFixed(1),
        row.latencyS.toFixed(1),
        grouped(row.lost),
      ]),
    },
  ];
}

function sessions({ sessions: rows }: Figures): Table[] {
  if (!rows) return [];
  return [
    {
      part: 'sessions',
      title: 'Many sessions of one Veeam server',
      note: 'Requests that the emulator counts while one client waits for sessions of 30 minutes: from five sessions on, one page of the list is read for all. When a session has ended, its events are read once.',
      header: ['sessions', 'requests', 'lists', 'single reads', 'events and tokens', 'requests per session'],
      rows: rows.map((row) => [
        grouped(row.sessions),
        grouped(row.requests),
        grouped(row.lists),
        grouped(row.reads),
        grouped(row.requests - row.lists - row.reads),
        (row.requests / row.sessions).toFixed(2),
      ]),
    },
  ];
}

function cadence({ cadence: figures }: Figures): Table[] {
  if (!figures) return [];
  return figures.tables.map(({ model, meaning, rows }) => ({
    part: 'cadence',
    title: `Cadence: ${model}`,
    note: `${meaning[0]?.toUpperCase()}${meaning.slice(1)}.`,
    header: cadenceHeader,
    rows: rows.map(cadenceCells),
  }));
}
