/** How long a code is good for. */
export const LIFE_SECONDS = 900;

/** Device codes for restores, and whether a person has signed in with one. */
export class DeviceCodes {
  /** When each was given out, in milliseconds since the epoch. */
  readonly #issued = new Map<string, number>();
  readonly #signedIn = new Set<string>();

  issue(now: number): string {
    const code = `DEVICE-CODE-${this.#issued.size + 1}`;
    this.#issued.set(code, now);
    return code;
  }

  /** What the person does at Microsoft. */
  signIn(code: string): void {
    this.#signedIn.add(code);
  }

  isAuthenticated(code: string, now: number, signInAfterMs: number | undefined): boolean {
    const issuedAt = this.#issued.get(code);
    if (issuedAt === undefined || now > issuedAt + LIFE_SECONDS * 1_000) return false;
    return this.#signedIn.has(code) || (signInAfterMs !== undefined && now >= issuedAt + signInAfterMs);
  }
}
