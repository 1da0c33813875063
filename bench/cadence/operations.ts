import { seededRandom } from '../support/random.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A restore at a made-up server: the status that a poll finds `elapsedMs` after its start. */
export interface SimulatedOperation {
  readonly endsAtMs: number;
  readonly seed: number;
  /** How long earlier restores of the same target took; none if their durations are not known. */
  readonly historyMs: readonly number[];
  percentAt(elapsedMs: number): number | undefined;
}

/** The percentage at a share of the whole run, in [0, 1). `own` is a random number in [0, 1) of this operation. */
type Progress = (share: number, own: number) => number | undefined;

interface ProgressModel {
  readonly name: string;
  readonly meaning: string;
  readonly progress: Progress;
  /** The share of the run after which it fails. */
  readonly diesAt?: (own: number) => number;
  /** The standard deviation of the natural logarithm of the durations of one target. Five earlier ones are known. */
  readonly spread?: number;
  /** How much longer it takes than the earlier ones. */
  readonly slower?: (own: number) => number;
}

const linear: Progress = (share) => 100 * share;

export const progressModels: readonly ProgressModel[] = [
  { name: 'none', meaning: 'tells no percentage', progress: () => undefined },
  { name: 'linear', meaning: 'percent goes with time', progress: linear },
  {
    name: 'curved',
    meaning: 'half of them fast first (square root of time), half slow first (square)',
    progress: (share, own) => 100 * share ** (own < 0.5 ? 0.5 : 2),
  },
  {
    name: 'stalling',
    meaning: 'at 99 % for the last fifth of the time',
    progress: (share) => Math.min(99, (99 * share) / 0.8),
  },
  { name: 'stepwise', meaning: 'five steps of 20 %', progress: (share) => 20 * Math.floor(5 * share) },
  {
    name: 'queued first',
    meaning: '0 % for 10 to 60 % of the time, then linear',
    progress: (share, own) => {
      const queued = 0.1 + 0.5 * own;
      return share < queued ? 0 : (100 * (share - queued)) / (1 - queued);
    },
  },
  {
    name: 'dies half way',
    meaning: 'linear, and fails somewhere between a fifth and four fifths',
    progress: linear,
    diesAt: (own) => 0.2 + 0.6 * own,
  },
  {
    name: 'dies half way, unseen',
    meaning: 'the same without a percentage',
    progress: () => undefined,
    diesAt: (own) => 0.2 + 0.6 * own,
  },
  ...[
    { name: 'history of five, 10 %', spread: 0.1 },
    { name: 'history of five, 30 %', spread: 0.3 },
    { name: 'history of five, twofold', spread: Math.LN2 },
  ].map((model) => ({
    ...model,
    meaning: 'no percentage; the last five restores are known, and the durations of a target differ by this much',
    progress: () => undefined,
  })),
  {
    name: 'history misleads',
    meaning: 'the last five (10 %) are known, and this one takes a third to three times as long',
    progress: () => undefined,
    spread: 0.1,
    slower: (own) => 3 ** (2 * own - 1),
  },
  {
    name: 'history, dies early',
    meaning: 'the last five (30 %) are known, and this one fails between a twentieth and a half',
    progress: () => undefined,
    spread: 0.3,
    diesAt: (own) => 0.05 + 0.45 * own,
  },
];

const EARLIER_RESTORES = 5;

export interface Population {
  readonly operations: number;
  readonly seed: number;
  readonly minMs: number;
  readonly maxMs: number;
}

export const defaultPopulation: Population = { operations: 3_000, seed: 1, minMs: MINUTE_MS, maxMs: 4 * HOUR_MS };

/** Durations are log-uniform: as many between one and two minutes as between one and two hours. */
export function drawOperations(model: ProgressModel, population: Population): SimulatedOperation[] {
  const random = seededRandom(population.seed);
  return Array.from({ length: population.operations }, () => {
    const wholeMs = population.minMs * (population.maxMs / population.minMs) ** random();
    const own = random();
    const seed = Math.floor(random() * 2 ** 32);
    const varied = () => wholeMs * Math.exp((model.spread ?? 0) * normal(random));
    const historyMs = model.spread === undefined ? [] : Array.from({ length: EARLIER_RESTORES }, varied);
    const takesMs = (model.spread === undefined ? wholeMs : varied()) * (model.slower?.(own) ?? 1);
    return {
      endsAtMs: takesMs * (model.diesAt?.(own) ?? 1),
      seed,
      historyMs,
      percentAt: (elapsedMs) => {
        const percent = model.progress(elapsedMs / wholeMs, own);
        return percent === undefined ? undefined : Math.floor(percent);
      },
    };
  });
}

/** A random number of the standard normal distribution (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
