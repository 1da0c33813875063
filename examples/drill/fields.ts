import { UsageError } from './options.ts';
import { secretFromEnv } from './secrets.ts';

/** An object of the targets file, which is read field by field. A field that was not read is not allowed. */
export class Fields {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #read = new Set<string>();

  /** @throws {UsageError} the value is no object */
  constructor(value: unknown, path: string, env: Readonly<Record<string, string | undefined>>) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UsageError(`${path === '' ? 'The file' : path}: must be an object.`);
    }
    this.#value = value as Record<string, unknown>;
    this.#path = path;
    this.#env = env;
  }

  has(name: string): boolean {
    return this.#value[name] !== undefined;
  }

  text(name: string): string {
    const text = this.optionalText(name);
    if (text === undefined) throw new UsageError(`${this.#field(name)}: is missing.`);
    return text;
  }

  optionalText(name: string): string | undefined {
    const value = this.#take(name);
    if (value !== undefined && (typeof value !== 'string' || value.trim() === '')) {
      throw new UsageError(`${this.#field(name)}: must be a text that is not empty.`);
    }
    return value;
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T {
    const text = this.text(name);
    const word = words.find((each) => each === text);
    if (word === undefined) throw new UsageError(`${this.#field(name)}: must be one of ${words.join(', ')}.`);
    return word;
  }

  /** The flags that are set. */
  flags(names: readonly string[]): Record<string, boolean> {
    const flags: Record<string, boolean> = {};
    for (const name of names) {
      const value = this.#take(name);
      if (value === undefined) continue;
      if (typeof value !== 'boolean') throw new UsageError(`${this.#field(name)}: must be true or false.`);
      flags[name] = value;
    }
    return flags;
  }

  object(name: string): Fields {
    return new Fields(this.#take(name), this.#field(name), this.#env);
  }

  list(name: string): Fields[] {
    const value = this.#take(name);
    if (!Array.isArray(value)) throw new UsageError(`${this.#field(name)}: must be a list.`);
    return value.map((each: unknown, index) => new Fields(each, `${this.#field(name)}[${index}]`, this.#env));
  }

  /** The secret in the environment variable that `<name>FromEnv` names. */
  secret(name: string): () => string {
    const field = `${name}FromEnv`;
    if (!this.has(field)) throw new UsageError(`${this.#field(field)}: is missing.`);
    return secretFromEnv(this.#take(field), this.#field(field), this.#env);
  }

  /** @throws {UsageError} a field was not read; a typing error must not restore something else */
  done(): void {
    const unknown = Object.keys(this.#value).find((name) => !this.#read.has(name));
    if (unknown !== undefined) throw new UsageError(`${this.#field(unknown)}: is not known here.`);
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.#value[name];
  }

  #field(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}
