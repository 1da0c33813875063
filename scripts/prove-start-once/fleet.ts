import { type ChildProcess, spawn } from 'node:child_process';

export interface Fleet {
  readonly kills: number;
  /** Resolves when a worker has found nothing left to do. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Keeps workers running, and kills a random one now and then, without a warning. */
export function launchFleet(options: {
  readonly command: readonly string[];
  readonly workers: number;
  readonly killEveryMs: number;
  readonly random: () => number;
  readonly onOutput: (text: string) => void;
}): Fleet {
  const { command, random, onOutput } = options;
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
  const killer = setInterval(() => {
    const victim = [...alive][Math.floor(random() * alive.size)];
    if (victim?.kill('SIGKILL')) kills += 1;
  }, options.killEveryMs);
  return {
    get kills() {
      return kills;
    },
    done,
    async stop() {
      isOver = true;
      clearInterval(killer);
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
