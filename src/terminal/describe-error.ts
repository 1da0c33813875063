import type { SeenHandle } from '../errors/wait-facts.ts';
import { handleToText } from '../operation/handle-text.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { cleanText } from './clean-text.ts';
import type { Explanation } from './explanation.ts';
import { explanations } from './explanations.ts';
import { thrownText } from './thrown-text.ts';

/**
 * Explains an error to a person in two or three lines: what is known, what is not known, and what to do next. Texts of
 * the vendor are made safe to print. A handle is shown as `rk1_` text, which `resume` accepts.
 *
 * @example
 * process.stderr.write(`${describeError(error)}\n`);
 * process.exitCode = exitCodeFor(error);
 */
export function describeError(error: unknown): string {
  const { known, unknown, next, handle } = explain(error);
  // The handle is not cleaned, because that could cut it. Its text form has only letters, digits, '-' and '_'.
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
    next: "Check the target in the vendor's console before you start anything again.",
  };
}

function handleText(handle: SeenHandle): string {
  try {
    return handleToText(handle as SeenHandle & OperationHandle);
  } catch {
    // A handle of another version of the package may not be writable as JSON.
    return cleanText(`${handle.kind} ${handle.id}`);
  }
}
