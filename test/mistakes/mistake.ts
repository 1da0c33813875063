import type { Started } from 'restorekit';
import { describeError } from 'restorekit/terminal';
import { expect } from 'vitest';
import { shown } from '../security/whatever-could-be-printed.ts';
import { rejection } from '../support/rejection.ts';

/** No error may show it. */
export const SECRET = 'correct-horse-4711';

/** A mistake that people make, and the error that helps them. */
export interface Mistake {
  readonly make: () => unknown;
  /** The name of the error, if it is always the same. */
  readonly is?: string;
  /** What the error names, and what it says to do. It is looked for in what a script prints of it. */
  readonly says: readonly RegExp[];
  /** @default 'no' */
  readonly started?: Started;
  /** Whether requests may be sent before it is seen. @default false */
  readonly sends?: boolean;
}

/** For mistakes in code without types. */
// biome-ignore lint/suspicious/noExplicitAny: the types would refuse these mistakes.
export const untyped = (value: unknown): any => value;

/** A `fetch` that counts. */
export function counted(fetch: (input: string, init?: RequestInit) => Promise<Response>) {
  const counter = { sent: 0, fetch: untyped(undefined) };
  counter.fetch = (input: string, init?: RequestInit) => {
    counter.sent += 1;
    return fetch(input, init);
  };
  return counter;
}

/** Makes the mistake and holds its error against what it promises. */
export async function expectHelp(mistake: Mistake, counter: { readonly sent: number } = { sent: 0 }): Promise<void> {
  const { make, is, says, started = 'no', sends = false } = mistake;
  const before = counter.sent;
  const error = await rejection(Promise.resolve().then(make));
  const printed = describeError(error);
  expect(error, printed).toMatchObject({ name: is ?? (error as Error).name, started });
  for (const words of says) expect(printed).toMatch(words);
  expect(counter.sent > before, 'whether requests were sent').toBe(sends);
  expect(shown(error) + printed).not.toContain(SECRET);
  // No raw error of the language.
  expect(printed).not.toMatch(/is not a function|Cannot read|undefined \(reading|\[object /);
}
