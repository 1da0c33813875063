import { beatenIn } from '../cadence/format.ts';
import type { Figures } from '../figures.ts';
import { renderMarkdown, tablesOf } from './tables.ts';

/** The first column of a row that is about this package. */
const isOurs = (what: string) => what.startsWith('restorekit');

const HOUR_MS = 3_600_000;

/** bench/README.md: written by the bench, never by hand. */
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
    `The peers are installed in this folder by the first run (\`bench/package-lock.json\`), never with the package. What is
measured runs in processes of its own, started in turns. Timings depend on the machine and its mood: read the ratios. No
test asserts a timing; sizes are held to budgets by \`npm run size\`.`,
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

${population.operations.toLocaleString('en-US')} restores for each way of telling progress, log-uniform between ${population.minMs / 60_000} min and ${population.maxMs / HOUR_MS} h, a round trip of 0.2 s,
seed ${population.seed}. The peers' rules are as in their sources; ours is the shipped \`waitForCompletion\`. Latency is the time from the end of
the restore until the waiter has the answer, absolute and as a share of the restore's duration. "abs" and "rel": no other
row sends at most as many requests and sees the end at least as early, on average. restorekit is on one of the fronts
${beaten.length === 0 ? 'in every table' : `in every table except ${beaten.join(', ')}`}.

Why this rule: without a percentage, a tenth of the time that has passed keeps the latency in proportion to the restore,
where fixed intervals are too slow for short ones and too many requests for long ones. With one, each poll goes half of the
way to the expected end, down to 0.15 % of the elapsed time (7.5 % of the time that the percentage has stood still), and
with boost 1 never waits longer than without, so a percentage that lies costs requests (a third more, where it stops at
99 %) and no latency. With floors of 0.5 % and 10 % the ends of linear restores were seen after 6.6 s, for the same requests.
Restores that take hours and tell nothing meet the ceiling of 60 s nearly always, as with google-gax: there the two are
equal but for a dozen early requests, which show the ends of the short ones sooner. A ceiling of 55 s saw each end a tenth
sooner for a tenth more requests, and was left at that.`;
}
