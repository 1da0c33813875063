import type { SeenHandle } from '../errors/wait-facts.ts';
import { handleToText } from '../operation/handle-text.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { cleanText } from './clean-text.ts';
import type { Explanation } from './explanation.ts';
import { explanations } from './explanations.ts';
import { thrownText } from './thrown-text.ts';

/**
 * What an error means for a person at 3 a.m., in two or three lines: what is known, what is not, what to do next. Says
 * nothing that the error does not know, and prints nothing that a vendor could have smuggled into it. A handle is shown
 * as `rk1_` text, which `resume` takes.
 *
 * @example
 * process.stderr.write(`${describeError(error)}\n`);
 * process.exitCode = exitCodeFor(error);
 */
export function describeError(error: unknown): string {
  const { known, unknown, next, handle } = explain(error);
  // Not cleaned with the rest, which could cut it: the text form has only letters, digits, '-' and '_'.
  const saved = handle === undefined ? '' : ` Handle: ${handleText(handle)}`;
  return [
    `Known:     ${cleanText(known)}`,
    ...(unknown === undefined ? [] : [`Not known: ${cleanText(unknown)}`]),
    `Next:      ${cleanText(next)}${saved}`,
  ].join('\n');
}

function explain(error: unknown): Explanation {
  for (const [, explanationOf] of explanations) {
    const explanation = explanationOf(error);
    if (explanation !== undefined) return explanation;
  }
  return {
    known: `An unexpected error: ${thrownText(error)}`,
    unknown: 'whether a restore was started before it.',
    next: 'Look at the target in its own console before anything is started again.',
  };
}

function handleText(handle: SeenHandle): string {
  try {
    return handleToText(handle as SeenHandle & OperationHandle);
  } catch {
    // Of another version of the package, and not to be written as JSON.
    return cleanText(`${handle.kind} ${handle.id}`);
  }
}
