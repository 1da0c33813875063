/** A start was sent, and no understandable answer came back. The client turns it into a `StartOutcomeUnknownError`. */
export class LostAnswer extends Error {
  constructor(cause: unknown) {
    super('the answer of the start was lost', { cause });
  }
}
