import type { Emulator, ScenarioBase } from '../../../src/testing/emulator.ts';
import type { VirtualClock } from '../../../src/testing/virtual-clock.ts';
import type { SpecChecker } from '../spec-checker.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is what the drivers are after.
  readonly body: any;
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

export interface Wire {
  readonly clock: VirtualClock;
  /** Sends a plain request; undefined where no answer comes. */
  ask(method: string, path: string, asked?: Asked): Promise<Answered | undefined>;
}

/** What a script of one product is given: an emulator in the scenario, in front of which every answer is checked. */
export interface Stage {
  readonly scenario: ScenarioBase;
  readonly clock: VirtualClock;
  /** Another emulator of the same scenario each time. */
  open(): { readonly wire: Wire; readonly emulator: Emulator; readonly prefix: string };
}

/** Longer than any answer from memory takes; whatever hangs beyond it is let go. */
const PATIENT_TURNS = 60;

/** Plain requests to an emulator, each answer of which is checked. Knows no client. */
export function wire(
  emulator: Emulator,
  clock: VirtualClock,
  checker: SpecChecker,
  base = 'https://emulated.example.org',
): Wire {
  return {
    clock,
    async ask(method, path, asked = {}) {
      const url = path.startsWith('https://') ? path : base + path;
      const control = new AbortController();
      const body = bodyOf(asked);
      const headers = { ...(body === undefined ? {} : { 'content-type': typeOf(asked) }), ...asked.headers };
      let isSettled = false;
      const answering = emulator
        .fetch(url, { method, headers, signal: control.signal, ...(body === undefined ? {} : { body }) })
        .finally(() => {
          isSettled = true;
        });
      answering.catch(() => undefined);
      for (let turn = 0; turn < PATIENT_TURNS && (!isSettled || turn === 0); turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (clock.sleepers > 0) turn = 0;
      }
      if (!isSettled) control.abort();
      try {
        const answer = await answering;
        await checker.check(
          { method, url, operationId: emulator.requests.at(-1)?.operationId },
          answer,
          answer.clone(),
        );
        const text = await answer.text();
        return { status: answer.status, headers: answer.headers, body: parse(text) };
      } catch (error) {
        if (!(error instanceof TypeError) && !control.signal.aborted) throw error;
        checker.lost += 1;
        return undefined;
      }
    },
  };
}

/** Polls until `isOver`, after `steadyPolls` in steps that grow, so that days pass in a few dozen polls. */
export async function lookUntil(
  { clock }: Wire,
  poll: () => Promise<Answered | undefined>,
  isOver: (answer: Answered) => boolean,
  options: { readonly firstMs?: number; readonly steadyPolls?: number; readonly polls?: number } = {},
): Promise<Answered | undefined> {
  let step = options.firstMs ?? 2_000;
  for (let count = 0; count < (options.polls ?? 40); count += 1) {
    const answer = await poll();
    if (answer && isOver(answer)) return answer;
    clock.jump(step);
    if (count >= (options.steadyPolls ?? 0)) step = Math.min(step * 1.25, 6 * 3_600_000);
  }
  return undefined;
}

function bodyOf({ json, form }: Asked): string | undefined {
  if (form) return new URLSearchParams(form).toString();
  return json === undefined ? undefined : JSON.stringify(json);
}

function typeOf({ form }: Asked): string {
  return form ? 'application/x-www-form-urlencoded' : 'application/json';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
