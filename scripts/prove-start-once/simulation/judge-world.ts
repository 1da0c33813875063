import type { KeyOutcome, WorldOutcome } from './world.ts';

/** What must never happen, and how often the outcome stays unknown. */
export interface Findings {
  readonly keys: number;
  readonly deaths: number;
  /** Starts that left a process. */
  readonly posts: number;
  /** Restores that servers have performed. */
  readonly restores: number;
  readonly endsTold: number;
  /** Performed twice with one key, or during another restore of the target. */
  readonly doubleStarts: readonly string[];
  /** Performed, but not in the store: the key could start again, or names another restore. */
  readonly lostRestores: readonly string[];
  /** Reported as ended, but it was another restore, another end, or too early. */
  readonly falseEnds: readonly string[];
  /** Reported as not sent, or released, but it was performed. */
  readonly falseNotSent: readonly string[];
  /** Keys whose start is unknown at the end. */
  readonly unknownStarts: number;
  /** Keys whose start is unknown at the end although no request was ever sent. */
  readonly unknownWithoutPost: number;
}

const NONE: Findings = {
  keys: 0,
  deaths: 0,
  posts: 0,
  restores: 0,
  endsTold: 0,
  doubleStarts: [],
  lostRestores: [],
  falseEnds: [],
  falseNotSent: [],
  unknownStarts: 0,
  unknownWithoutPost: 0,
};

export function noFindings(): Findings {
  return NONE;
}

export function plus(one: Findings, other: Findings): Findings {
  const sum = Object.entries(one).map(([name, value]) => {
    const more = other[name as keyof Findings];
    return [name, Array.isArray(value) ? [...value, ...(more as string[])] : (value as number) + (more as number)];
  });
  return Object.fromEntries(sum) as Findings;
}

export function judgeWorld({ keys, deaths }: WorldOutcome, name: string, restoreMs: number): Findings {
  const where = (outcome: KeyOutcome, what: string) => `${name} ${outcome.truth.key}: ${what}`;
  const all = (judge: (outcome: KeyOutcome) => string | undefined) =>
    keys.flatMap((outcome) => {
      const what = judge(outcome);
      return what === undefined ? [] : [where(outcome, what)];
    });
  const unknown = keys.filter(({ record }) => record?.state === 'intended' || record?.state === 'unknown');
  return {
    keys: keys.length,
    deaths,
    posts: keys.reduce((sum, { truth }) => sum + truth.posts, 0),
    restores: keys.reduce((sum, { truth }) => sum + truth.committed.length, 0),
    endsTold: keys.filter(({ told }) => told.some(({ what }) => what === 'ended')).length,
    doubleStarts: [...all(startedTwice), ...overlaps(keys, restoreMs).map((what) => `${name}: ${what}`)],
    lostRestores: all(lostRestore),
    falseEnds: all((outcome) => falseEnd(outcome, restoreMs)),
    falseNotSent: all(falseNotSent),
    unknownStarts: unknown.length,
    unknownWithoutPost: unknown.filter(({ truth }) => truth.posts === 0).length,
  };
}

function startedTwice({ truth }: KeyOutcome): string | undefined {
  return truth.committed.length > 1 ? `carried out ${truth.committed.length} times` : undefined;
}

function overlaps(keys: readonly KeyOutcome[], restoreMs: number): readonly string[] {
  const runs = keys.flatMap(({ truth }) => truth.committed.map(({ at }) => ({ ...truth, at })));
  return runs.flatMap((run, index) =>
    runs.slice(index + 1).flatMap((other) => {
      const isSameTarget = run.environment === other.environment && run.target === other.target;
      const isBeside = run.environment.isExclusive && isSameTarget && run.key !== other.key;
      return isBeside && Math.abs(run.at - other.at) < restoreMs ? [`${run.key} beside ${other.key}`] : [];
    }),
  );
}

function lostRestore({ truth, record }: KeyOutcome): string | undefined {
  const [committed] = truth.committed;
  if (!committed) return undefined;
  if (!record) return 'no record';
  if (record.state === 'released' || record.state === 'preparing') return `the record is ${record.state}`;
  const isOther = record.handle && record.handle.id.toLowerCase() !== committed.id.toLowerCase();
  return isOther ? `the record names ${record.handle?.id}, and ${committed.id} was started` : undefined;
}

function falseEnd({ truth, told }: KeyOutcome, restoreMs: number): string | undefined {
  for (const word of told) {
    if (word.what !== 'ended') continue;
    const restore = truth.environment.emulator.restores.find(({ id }) => id.toLowerCase() === word.id.toLowerCase());
    const committed = truth.committed.find(({ id }) => id.toLowerCase() === word.id.toLowerCase());
    if (!restore || !committed) return `told of ${word.id}, which is not its own`;
    if (restore.truth !== word.state) return `told as ${word.state}, and it has ${restore.truth}`;
    if (word.at < committed.at + restoreMs) return `told as ended ${committed.at + restoreMs - word.at} ms too early`;
  }
  return undefined;
}

function falseNotSent({ truth, told, record }: KeyOutcome): string | undefined {
  for (const word of told) {
    const isWrong = word.what === 'not-sent' && truth.committed.some(({ by }) => by === word.call);
    if (isWrong) return `told by ${word.code} as not sent`;
  }
  const isFree = record === undefined || record.state === 'released';
  return isFree && truth.committed.length > 0 ? 'released although it was carried out' : undefined;
}
