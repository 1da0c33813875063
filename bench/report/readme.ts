import { beatenIn } from '../cadence/format.ts';
import type { Figures } from '../figures.ts';
import { renderMarkdown, tablesOf } from './tables.ts';

/** The first column of a row that is about this package. */
const isOurs = (what: string) => what.startsWith('restorekit');

const HOUR_MS = 3_600_000;

/** Writes bench/README.md, which is never edited by hand. */
export function renderReadme(figures: Figures): string {
  const tables = tablesOf(figures);
  const body = tables.filter(({ part }) => part !== 'cadence');
  const cadences = tables.filter(({ part }) => part === 'cadence');
  const section = (table: (typeof tables)[number], level: string) =>
    `${level} ${table.title}\n\n${table.note}\n\n${renderMarkdown(table, isOurs)}\n`;
  return `${[
    '# Measured side by side',
    '<!-- Written by `npm run bench -- --write`. -->',
    `\`\`\`sh
npm run bench                       # all of it; about a quarter of an hour
npm run bench -- --quick            # fewer rounds, no series that takes minutes
npm run bench -- --only sizes,waiters --json
npm run bench -- --write            # this page, chart.svg and figures.json
npm run bench:cadence -- --seed 7 --operations 1000 --min 5m --max 12h
\`\`\``,
    `The first run installs the peers in this folder (\`bench/package-lock.json\`); the package itself does not need them. Each
measurement runs in separate processes, which are started in turns. Timings depend on the machine, so compare the ratios. No
test asserts a timing. \`npm run size\` checks sizes against budgets.`,
    `Measured with node ${figures.machine.node} on ${figures.machine.platform}, ${figures.machine.cpus} x ${figures.machine.cpu}. Versions: ${Object.entries(
      figures.versions,
    )
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    '![Requests and latency of each strategy](chart.svg)',
    ...(figures.cadence ? [cadenceIntroduction(figures.cadence)] : []),
    ...cadences.map((table) => section(table, '###').trimEnd()),
    ...body.map((table) => section(table, '##').trimEnd()),
  ].join('\n\n')}\n`;
}

function cadenceIntroduction({ population, tables }: NonNullable<Figures['cadence']>): string {
  const beaten = beatenIn(tables);
  return `## Cadence: when to poll again

${population.operations.toLocaleString('en-US')} restores for each way of reporting progress, log-uniform between ${population.minMs / 60_000} min and ${population.maxMs / HOUR_MS} h, a round trip of 0.2 s,
seed ${population.seed}. The rules of the peers are those of their sources; ours is the shipped \`waitForCompletion\`. Latency is the time from the end of
the restore until the waiter has the answer, absolute and as a share of the restore's duration. "abs" and "rel" mark
rows on the Pareto front: no other row sends as few requests and sees the end as early, on average. restorekit is on one of the fronts
${beaten.length === 0 ? 'in every table' : `in every table except ${beaten.join(', ')}`}.

Reasons for this rule: without a percentage, a pause of a tenth of the elapsed time keeps the latency in proportion to the
duration of the restore. Fixed intervals are too slow for short restores and send too many requests for long ones. With a
percentage, each poll goes half of the remaining way to the expected end, down to 0.15 % of the elapsed time (7.5 % of the
time since the percentage last changed). With boost 1 the pause is never longer than without a percentage, so a wrong
percentage costs requests (a third more if it stops at 99 %), but no latency. With minimums of 0.5 % and 10 % the ends of
linear restores were seen after 6.6 s, with the same number of requests. Restores that take hours without a percentage are
polled nearly always at the maximum of 60 s, as with google-gax: the two differ only by a dozen early requests, which show
the ends of short restores sooner. With a maximum of 55 s each end would be seen a tenth sooner, with a tenth more requests.`;
}
