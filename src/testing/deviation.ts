import type { Answer } from './answer.ts';

/** A deliberate difference between an emulator and the OpenAPI document of its product. */
export interface Deviation {
  readonly operationId: string;
  /** 'not-emulated': in the document and not in the emulator. 'beyond-the-spec': the reverse. */
  readonly kind: 'not-emulated' | 'beyond-the-spec';
  readonly reason: string;
}

const REASON = Symbol('deviation');

type Marked = Response & { [REASON]?: string };

/** Marks an answer that deliberately does not fit the document. Answers without this mark must fit it. */
export function deviating<A extends Answer>(answer: A, reason: string): A {
  if (answer instanceof Response) (answer as Marked)[REASON] = reason;
  return answer;
}

/** Why the answer does not fit the document, if it was marked. */
export function deviationOf(answer: Response): string | undefined {
  return (answer as Marked)[REASON];
}
