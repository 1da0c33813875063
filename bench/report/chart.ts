import type { CadenceRow, CadenceTable } from '../cadence/simulate.ts';

const PANEL = { width: 430, height: 330, left: 60, top: 56, gap: 70 };
const REQUESTS = { low: 10, high: 2_000 };
const LATENCY = { low: 1, high: 100 };
const TICKS = { requests: [10, 20, 50, 100, 200, 500, 1_000, 2_000], latency: [1, 2, 5, 10, 20, 50, 100] };
const TITLES: Readonly<Record<string, string>> = {
  none: 'The server tells no percentage',
  linear: 'The server tells a percentage',
};

const log = (value: number, { low, high }: { low: number; high: number }) =>
  Math.log(Math.min(high, Math.max(low, value)) / low) / Math.log(high / low);

/** Draws requests against latency, both logarithmic. Left and down is better. */
export function drawChart(tables: readonly CadenceTable[]): string {
  const panels = tables.filter(({ model }) => model in TITLES);
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

function panel({ model, rows }: CadenceTable, left: number): string {
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
<text class="title" x="${left}" y="${PANEL.top - 12}">${TITLES[model]}</text>
${grid.join('\n')}
<text class="small" x="${left + PANEL.width / 2}" y="${bottom + 40}" text-anchor="middle">requests per restore</text>
${merged(rows)
  .map(({ label, row }) => point(label, row, x(row.requests), y(row.latencyS), left))
  .join('\n')}
</g>`;
}

function point(label: string, { isOurs }: CadenceRow, x: number, y: number, left: number): string {
  const isFarRight = x > left + (2 / 3) * PANEL.width;
  const place = isFarRight ? `x="${round(x - 9)}" text-anchor="end"` : `x="${round(x + 9)}"`;
  const [style, radius, color, drop] = isOurs ? [' class="ours"', 6, '#0a8754', 4] : ['', 4, '#7a869a', -6];
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}"/><text${style} ${place} y="${round(y + drop)}">${escapeXml(label)}</text>`;
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
