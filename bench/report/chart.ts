import type { CadenceRow, CadenceTable } from '../cadence/simulate.ts';

const PANEL = { width: 430, height: 330, left: 60, top: 56, gap: 70 };
const REQUESTS = { low: 20, high: 2_000 };
const LATENCY = { low: 1, high: 100 };
const TICKS = { requests: [20, 50, 100, 200, 500, 1_000, 2_000], latency: [1, 2, 5, 10, 20, 50, 100] };
const SHOWN = ['none', 'linear'];

const log = (value: number, { low, high }: { low: number; high: number }) =>
  Math.log(Math.min(high, Math.max(low, value)) / low) / Math.log(high / low);

/** Requests against latency, both logarithmic: to the left and down is better. */
export function drawChart(tables: readonly CadenceTable[]): string {
  const panels = tables.filter(({ model }) => SHOWN.includes(model));
  const width = PANEL.left + panels.length * (PANEL.width + PANEL.gap);
  const height = PANEL.top + PANEL.height + 56;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Requests per restore against latency of each strategy">
<style>text{font:12px system-ui,sans-serif;fill:#333}.title{font-size:14px;font-weight:600}.ours{font-weight:600;fill:#0a6640}.small{fill:#666}</style>
<rect width="${width}" height="${height}" fill="#fff"/>
<text class="small" x="${PANEL.left}" y="20">Mean over restores of 1 min to 4 h. To the left: fewer requests. Down: the end is seen sooner.</text>
${panels.map((table, index) => panel(table, PANEL.left + index * (PANEL.width + PANEL.gap))).join('\n')}
</svg>
`;
}

function panel({ model, meaning, rows }: CadenceTable, left: number): string {
  const x = (requests: number) => round(left + PANEL.width * log(requests, REQUESTS));
  const y = (latency: number) => round(PANEL.top + PANEL.height * (1 - log(latency, LATENCY)));
  const bottom = PANEL.top + PANEL.height;
  const grid = [
    ...TICKS.requests.map(
      (tick) =>
        `<path d="M${x(tick)} ${PANEL.top}V${bottom}" stroke="#e5e5e5"/><text class="small" x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${tick}</text>`,
    ),
    ...TICKS.latency.map(
      (tick) =>
        `<path d="M${left} ${y(tick)}H${left + PANEL.width}" stroke="#e5e5e5"/><text class="small" x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick} s</text>`,
    ),
  ];
  return `<g>
<text class="title" x="${left}" y="${PANEL.top - 12}">${model === 'none' ? 'No percentage' : 'With a percentage'}: ${escapeXml(meaning)}</text>
${grid.join('\n')}
<text class="small" x="${left + PANEL.width / 2}" y="${bottom + 40}" text-anchor="middle">requests per restore</text>
${merged(rows)
  .map(
    ({ label, row }) =>
      `<circle cx="${x(row.requests)}" cy="${y(row.latencyS)}" r="${row.isOurs ? 6 : 4}" fill="${row.isOurs ? '#0a8754' : '#7a869a'}"/><text${row.isOurs ? ' class="ours"' : ''} x="${x(row.requests) + 9}" y="${y(row.latencyS) + (row.isOurs ? 14 : -4)}">${escapeXml(label)}</text>`,
  )
  .join('\n')}
</g>`;
}

/** Rows at the same place share one point. */
function merged(rows: readonly CadenceRow[]): { label: string; row: CadenceRow }[] {
  const points: { label: string; row: CadenceRow }[] = [];
  for (const row of rows) {
    const near = points.find(
      (each) =>
        Math.abs(Math.log(each.row.requests / row.requests)) < 0.08 &&
        Math.abs(Math.log(each.row.latencyS / row.latencyS)) < 0.08,
    );
    if (near) near.label += `, ${row.isOurs ? row.strategy.replace('restorekit, ', '') : row.strategy}`;
    else points.push({ label: row.strategy, row });
  }
  return points;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
