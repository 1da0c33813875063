import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WAITING, type WaiterTask, type WaiterVerdict } from './waiter-task.ts';

export interface WaiterEnd {
  readonly signal: NodeJS.Signals | null;
  /** undefined where it did not live to tell one. */
  readonly verdict: WaiterVerdict | undefined;
}

const alive = new Set<ChildProcess>();

/** One run of the waiter process. */
export class Waiter {
  /** Its handle is safe and it waits; or it has ended. */
  readonly waiting: Promise<unknown>;
  readonly ended: Promise<WaiterEnd>;
  readonly #child: ChildProcess;

  constructor(program: string, task: WaiterTask) {
    const child = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    alive.add(child);
    const lines: string[] = [];
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const isWaiting = new Promise<void>((resolve) => {
      createInterface(child.stdout).on('line', (line) => {
        lines.push(line);
        if (line === WAITING) resolve();
      });
    });
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        alive.delete(child);
        if (code !== 0 && signal === null) return reject(new Error(`The waiter exited with ${code}: ${errors}`));
        const verdict = lines.find((line) => line.startsWith('{'));
        resolve({ signal, verdict: verdict === undefined ? undefined : JSON.parse(verdict) });
      });
    });
    this.waiting = Promise.race([isWaiting, this.ended]);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Leaves no process behind, whatever a test has come to. */
export function killAllWaiters(): void {
  for (const child of alive) child.kill('SIGKILL');
}
