/** A start was sent, and no answer that can be understood came back. Systems turn it into `StartOutcomeUnknownError`. */
export class LostAnswer extends Error {
  constructor(cause: unknown) {
    super('the answer of the start was lost', { cause });
  }
}
