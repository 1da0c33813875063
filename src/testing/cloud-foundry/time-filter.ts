import { listOf } from './query-values.ts';

type Test = (ms: number) => boolean;

const COMPARISONS: Readonly<Record<string, (ms: number, bound: number) => boolean>> = {
  lt: (ms, bound) => ms < bound,
  lte: (ms, bound) => ms <= bound,
  gt: (ms, bound) => ms > bound,
  gte: (ms, bound) => ms >= bound,
};
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * Reads one `created_ats` or `updated_ats` filter, with or without a comparison. Returns a text if it is wrong.
 * Fractions of a second and other zones are refused (https://v3-apidocs.cloudfoundry.org/#timestamps).
 */
export function readTimeFilter(operator: string | undefined, text: string): Test | string {
  if (operator === undefined) {
    const times = listOf(text);
    if (times.length === 0) return 'relational operator and timestamp must be specified';
    if (!times.every(isTimestamp)) return WRONG_FORMAT;
    return (ms) => times.some((time) => Date.parse(time) === ms);
  }
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (!compare) return `Invalid relational operator: '${operator}'`;
  if (text.includes(',')) return 'only accepts one value when using a relational operator';
  if (!isTimestamp(text)) return WRONG_FORMAT;
  return (ms) => compare(ms, Date.parse(text));
}

const WRONG_FORMAT = "has an invalid timestamp format. Timestamps should be formatted as 'YYYY-MM-DDThh:mm:ssZ'";

function isTimestamp(text: string): boolean {
  return TIMESTAMP.test(text) && !Number.isNaN(Date.parse(text));
}
