import {
  HandleError,
  RestoreKitError,
  StartOutcomeUnknownError,
  UnexpectedResponseError,
  UntrustedLocationError,
} from '../../../src/errors/index.ts';
import type { Operation } from '../../../src/operation/operation.ts';
import { waitForCompletion } from '../../../src/operation/wait-for-completion.ts';
import type { WaitOptions } from '../../../src/operation/wait-options.ts';
import type { Arena, Contest } from './arena.ts';
import { inWords, promise } from './broken-promise.ts';
import { latestCommitMs, wireOf } from './facts.ts';
import { type Ended, judge, type Verdict, type Watched } from './judge.ts';
import type { Schedule, WaitPlan } from './schedule.ts';
import { type Stage, setStage, settle, withoutStrayRejections } from './stage.ts';
import { HOUR, MINUTE, SECOND } from './times.ts';

/** What a schedule came to: how its start and its waits ended, in words that are counted. */
export type Summary = readonly string[];

const RESUMED: WaitPlan = {
  timeoutMs: 2 * HOUR,
  outageToleranceMs: undefined,
  everyMs: undefined,
  acceptsPartial: true,
  abortAtMs: undefined,
};

/** More than there are polls that a product lets go astray. */
const MOST_RESUMES = 12;

/**
 * Plays one schedule with the real client, in virtual time.
 * @throws {BrokenPromise} the package did what it must never do
 */
export function runSchedule<Extra>(arena: Arena<Extra>, schedule: Schedule<Extra>): Promise<Summary> {
  return withoutStrayRejections(() => playOn(setStage(arena, schedule)));
}

/** @throws {BrokenPromise} as `runSchedule` */
export async function playOn<Extra>(stage: Stage<Extra>): Promise<Summary> {
  const summary: string[] = [];
  const operation = await start(stage, summary);
  if (operation) await follow(stage, operation, summary);
  await checkQuiet(stage);
  checkWire(stage);
  return summary;
}

async function start<Extra>(stage: Stage<Extra>, summary: string[]): Promise<Operation<unknown> | undefined> {
  const { client } = stage;
  const outcome = await client.start().then(
    (operation) => ({ operation }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) return explainStart(stage, outcome.error, summary);
  checkIsOurs(stage, outcome.operation);
  summary.push('started');
  return outcome.operation;
}

async function explainStart<Extra>(
  stage: Stage<Extra>,
  error: unknown,
  summary: string[],
): Promise<Operation<unknown> | undefined> {
  const { contest } = stage;
  promise(
    RestoreKitError.isInstance(error),
    `The start threw what it does not promise: ${inWords(error)}`,
    'raw error',
  );
  if (StartOutcomeUnknownError.isInstance(error)) return reconcile(stage, error, summary);
  const isTold =
    (UnexpectedResponseError.isInstance(error) || UntrustedLocationError.isInstance(error)) && error.started === 'yes';
  await untilLateCommit(stage);
  promise(
    isTold || contest.emulator.restores.length === 0,
    `A restore runs, and the start says ${inWords(error)}`,
    'false "not sent"',
  );
  summary.push(isTold ? 'started, cannot be followed' : 'refused');
  return undefined;
}

async function reconcile<Extra>(
  stage: Stage<Extra>,
  error: StartOutcomeUnknownError,
  summary: string[],
): Promise<Operation<unknown> | undefined> {
  const found = await error.reconcile();
  await untilLateCommit(stage);
  const wasStarted = stage.contest.emulator.restores.length > 0;
  summary.push(`start unknown, ${found.outcome} (${wasStarted ? 'was' : 'was not'} started)`);
  if (found.outcome === 'not-started') {
    promise(!wasStarted, 'A restore runs, and reconcile() says that none was started.', 'false "not sent"');
  }
  if (!stage.contest.emulator.requests.some(({ method, path }) => stage.arena.isStart(method, path))) {
    summary.push('unknown without a POST');
  }
  if (found.outcome !== 'started') return undefined;
  const operation = found.operation as Operation<unknown>;
  checkIsOurs(stage, operation);
  return operation;
}

/** Nothing that was lost is carried out later than this. */
async function untilLateCommit<Extra>({ clock, schedule }: Stage<Extra>): Promise<void> {
  await clock.sleep(MINUTE + latestCommitMs(schedule));
}

function checkIsOurs<Extra>({ contest }: Stage<Extra>, operation: Operation<unknown>): void {
  checkStartedOnce(contest);
  const [restore] = contest.emulator.restores;
  promise(restore !== undefined, `An operation ${operation.id} is given, and nothing was started.`, 'false end');
  promise(
    restore.id === operation.id,
    `The operation is ${operation.id}, and the restore is ${restore.id}.`,
    'false end',
  );
}

/** Waits as planned; and where a wait does not know, goes on when all is over, until the truth is known. */
async function follow<Extra>(stage: Stage<Extra>, operation: Operation<unknown>, summary: string[]): Promise<void> {
  const { clock, schedule } = stage;
  const over = new AbortController();
  const landings: number[] = [];
  for (const { atMs, byMs } of schedule.jumps) {
    clock.sleep(atMs, over.signal).then(
      () => {
        clock.jump(byMs);
        landings.push(clock.now());
      },
      () => undefined,
    );
  }
  const set = schedule.hazard?.clientClock?.set;
  if (set !== undefined) {
    clock.sleep(set.atMs, over.signal).then(
      () => stage.setClientClock(set.byMs),
      () => undefined,
    );
  }
  checkNeighbour(stage, operation);
  const waits = await Promise.all(schedule.waits.map((plan) => watch(stage, operation, plan)));
  over.abort();
  const verdicts = waits.map((wait) => {
    const landedAt = Math.max(0, ...landings.filter((at) => at >= wait.began && at <= wait.endedAt));
    return judge(stage, { ...wait, landedAt });
  });
  await checkQuiet(stage);
  for (const verdict of verdicts) {
    if (typeof verdict === 'string') {
      summary.push(verdict);
    } else {
      summary.push(`unknown: ${verdict.unknown}`);
      summary.push(`resumed: ${await goOn(stage, verdict)}`);
    }
  }
}

/** Behind one gateway, the handle of one environment is not taken by a client of the other. */
function checkNeighbour<Extra>({ neighbour }: Stage<Extra>, operation: Operation<unknown>): void {
  if (neighbour === undefined) return;
  let refusal: unknown;
  try {
    neighbour.resume(operation.toJSON());
  } catch (error) {
    refusal = error;
  }
  promise(HandleError.isInstance(refusal), 'A handle of one environment is taken for one of another.', 'false end');
}

async function watch<Extra>(
  { clock }: Stage<Extra>,
  operation: Operation<unknown>,
  plan: WaitPlan,
): Promise<Omit<Watched, 'landedAt'>> {
  const { timeoutMs, outageToleranceMs, everyMs, acceptsPartial, abortAtMs } = plan;
  const began = clock.now();
  const leave = new AbortController();
  const over = new AbortController();
  if (abortAtMs !== undefined) {
    clock.sleep(abortAtMs, over.signal).then(
      () => leave.abort(),
      () => undefined,
    );
  }
  const options: WaitOptions<unknown> = {
    timeoutMs,
    ...(outageToleranceMs === undefined ? {} : { outageToleranceMs }),
    ...(everyMs === undefined ? {} : { cadence: () => everyMs }),
    ...(acceptsPartial ? { accept: 'partial' } : {}),
    ...(abortAtMs === undefined ? {} : { signal: leave.signal }),
  };
  const ended = await waitForCompletion(operation, options).then(
    (result): Ended => ({ result }),
    (error: unknown): Ended => ({ error }),
  );
  const endedAt = clock.now();
  over.abort();
  return { plan, began, endedAt, ended };
}

/**
 * The handle of a wait that does not know leads to the truth, once nothing stands in the way any more. What stands in the
 * way for a number of polls is polled away.
 */
async function goOn<Extra>(stage: Stage<Extra>, unknown: Exclude<Verdict, string>): Promise<string> {
  const { clock, contest } = stage;
  const startedAt = contest.emulator.restores[0]?.startedAt ?? 0;
  const { endsAfterMs } = contest;
  const over = [contest.darkUntilMs, endsAfterMs].filter(Number.isFinite).map((after) => startedAt + after + 1);
  clock.jump(Math.max(0, ...over.map((at) => at - clock.now())));
  const isOver = Number.isFinite(endsAfterMs);
  if (isOver) contest.renewAccess?.();
  for (let tried = 1; ; tried += 1) {
    const wait = await watch(stage, stage.resume(unknown.handle), isOver ? RESUMED : { ...RESUMED, timeoutMs: MINUTE });
    if (typeof judge(stage, { ...wait, landedAt: 0 }) === 'string') return 'known';
    if (!isOver) return 'still runs';
    const why = 'error' in wait.ended ? inWords(wait.ended.error) : '';
    promise(tried < MOST_RESUMES, `All is over and bright, and a resumed wait does not know: ${why}`);
  }
}

/** Nothing goes on. Only a login that hangs may, which is everybody's, and ends by its own timeout. */
async function checkQuiet<Extra>({ clock, schedule }: Stage<Extra>): Promise<void> {
  await settle();
  const mayLogInSlowly = wireOf(schedule).some(({ on }) => on === 'all' || on === 'token' || on === 'other');
  if (mayLogInSlowly && clock.sleepers > 0) await clock.sleep(schedule.requestTimeoutMs ?? 30 * SECOND);
  await settle();
  promise(clock.sleepers === 0, `${clock.sleepers} sleepers are left behind.`);
}

function checkWire<Extra>({ origins, contest, watched }: Stage<Extra>): void {
  const { starts } = watched;
  const foreign = [...watched.origins].filter((origin) => !origins.includes(origin));
  promise(foreign.length === 0, `Requests went to ${foreign.join(', ')}.`);
  checkStartedOnce(contest);
  const [first, second, ...more] = starts;
  promise(more.length === 0, `The start was sent ${starts.length} times.`, 'double start');
  promise(
    second === undefined || first?.status === 401,
    `The start was sent again after ${first?.status ?? 'no answer'}.`,
    'double start',
  );
}

function checkStartedOnce({ emulator: { restores } }: Contest): void {
  promise(restores.length <= 1, `${restores.length} restores were started by one call.`, 'double start');
}
