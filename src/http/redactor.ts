import { formsOf, type SecretForm, SHORTEST_SECRET } from './secret-forms.ts';
import { SecretMatcher } from './secret-matcher.ts';

const REPLACEMENT = '[redacted]';
const DEEPEST = 12;
/** How many issued tokens are remembered. Older ones have expired, and no server echoes them. */
const MOST_ISSUED = 32;

/**
 * Knows the secrets that a client has used, and removes them from texts, also if they are escaped or in base64, at any
 * depth of nesting. Takes time linear in the length of the text.
 */
export class Redactor {
  readonly #known = new Set<string>();
  readonly #lasting: SecretForm[] = [];
  /** The forms of each issued secret, the latest last. */
  readonly #issued = new Map<string, readonly SecretForm[]>();
  #matcher: SecretMatcher | undefined;

  /** Remembers a secret. Of the tokens that were issued, only the latest are kept. */
  add(secret: string, kind: 'lasting' | 'issued' = 'lasting'): void {
    if (secret.length < SHORTEST_SECRET || this.#known.has(secret)) return;
    this.#known.add(secret);
    if (kind === 'lasting') this.#lasting.push(...formsOf(secret));
    else this.#issued.set(secret, formsOf(secret));
    const [oldest] = this.#issued.keys();
    if (this.#issued.size > MOST_ISSUED && oldest !== undefined) {
      this.#issued.delete(oldest);
      this.#known.delete(oldest);
    }
    this.#matcher = undefined;
  }

  text(text: string): string {
    if (this.#known.size === 0 || text.length < SHORTEST_SECRET) return text;
    this.#matcher ??= new SecretMatcher([...this.#lasting, ...[...this.#issued.values()].flat()]);
    const found = this.#matcher.find(text);
    if (found.length === 0) return text;
    let result = '';
    let at = 0;
    for (const { start, end } of found) {
      result += text.slice(at, start) + REPLACEMENT;
      at = end;
    }
    return result + text.slice(at);
  }

  hasSecret(text: string): boolean {
    return this.text(text) !== text;
  }

  /** Whether an id of a server holds a secret. A number or a GUID may contain a short secret by chance. */
  containsSecret(id: string): boolean {
    return /^[\da-f-]{8,}$/i.test(id) ? this.text(id) === REPLACEMENT : this.hasSecret(id);
  }

  /** A deep copy of plain data without secrets; the value itself if it holds none. */
  data<T>(value: T, depth = 0): T {
    if (typeof value === 'string') return this.text(value) as T;
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    if (depth > DEEPEST) return '[too deep]' as T;
    if (Array.isArray(value)) return value.map((item) => this.data(item, depth + 1)) as T;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key), this.data(item, depth + 1)]),
    ) as T;
  }

  /** An error that is safe to show: name, code, message and cause, without secrets. */
  error(error: unknown, depth = 0): Error {
    const source = error instanceof Error ? error : new Error(typeof error === 'string' ? error : 'no reason given');
    if ('isRestoreKitError' in source) return source;
    const inner = source instanceof AggregateError ? source.errors[0] : source.cause;
    const safe = new Error(
      this.text(source.message),
      inner === undefined || depth > 4 ? undefined : { cause: this.error(inner, depth + 1) },
    );
    safe.name = source.name;
    safe.stack = `${source.name}: ${safe.message}`;
    const code: unknown = Reflect.get(source, 'code');
    return typeof code === 'string' ? Object.assign(safe, { code: this.text(code) }) : safe;
  }
}
