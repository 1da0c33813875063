import { type ChildProcess, spawn } from 'node:child_process';

export interface WorkerProcesses {
  readonly kills: number;
  readonly pauses: number;
  /** Resolves when a worker finds nothing left to do. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Keeps workers running. Now and then it kills or stops a random one without a warning. */
export function launchWorkers(options: {
  readonly command: readonly string[];
  readonly workers: number;
  readonly killEveryMs: number;
  readonly mostKills?: number;
  readonly random: () => number;
  readonly onOutput: (text: string) => void;
}): WorkerProcesses {
  const { command, random, onOutput, mostKills = Number.POSITIVE_INFINITY } = options;
  const [program = '', ...args] = command;
  const alive = new Set<ChildProcess>();
  let kills = 0;
  let isOver = false;
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const launch = () => {
    const worker = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    alive.add(worker);
    worker.stdout.on('data', (chunk) => onOutput(String(chunk)));
    worker.stderr.on('data', (chunk) => onOutput(String(chunk)));
    worker.once('exit', (code) => {
      alive.delete(worker);
      if (code === 0) finish();
      else if (!isOver) launch();
    });
  };
  for (let count = 0; count < options.workers; count += 1) launch();
  const anyone = () => [...alive][Math.floor(random() * alive.size)];
  const killer = setInterval(() => {
    if (kills < mostKills && anyone()?.kill('SIGKILL')) kills += 1;
  }, options.killEveryMs);
  let pauses = 0;
  /** The pause is longer than the time for which other processes wait for this one. */
  const pauser = setInterval(() => {
    const sleeper = kills < mostKills ? anyone() : undefined;
    if (!sleeper?.kill('SIGSTOP')) return;
    pauses += 1;
    setTimeout(() => sleeper.kill('SIGCONT'), 500 + random() * 8_000);
  }, options.killEveryMs * 1.3);
  return {
    get kills() {
      return kills;
    },
    get pauses() {
      return pauses;
    },
    done,
    async stop() {
      isOver = true;
      clearInterval(killer);
      clearInterval(pauser);
      await Promise.all(
        [...alive].map(
          (worker) =>
            new Promise((resolve) => {
              worker.once('exit', resolve);
              worker.kill('SIGKILL');
            }),
        ),
      );
    },
  };
}
