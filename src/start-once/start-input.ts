import { ConfigurationError } from '../errors/configuration-error.ts';
import { sha256 } from '../values/sha256.ts';

/** The input of a start as the store holds it. */
export interface RecordedInput {
  /** SHA-256 of the input as JSON with sorted fields. */
  readonly fingerprint: string;
  /** The result of the input function; absent if the input was passed as a value. */
  readonly value?: unknown;
}

/** The argument of an input function. */
export interface InputContext {
  readonly key: string;
  readonly note?: string;
  readonly signal?: AbortSignal;
}

/** The input of a start, or a function that finds it. */
export type StartInput<Input> = Input | ((context: InputContext) => Input | Promise<Input>);

export interface CheckedInput {
  /** The input in the form in which a rerun reads it from the store. */
  readonly value: unknown;
  readonly fingerprint: string;
}

/** A record with its handle and its end must fit into one value of a store. */
const MOST_CHARACTERS = 16_000;
const DEEPEST = 50;

/** @throws {ConfigurationError} the input is not JSON, or is too large */
export function checkInput(input: unknown): CheckedInput {
  const value = toJson(input, 'input', 0);
  const text = JSON.stringify(value);
  if (text.length > MOST_CHARACTERS) {
    throw new ConfigurationError(
      'input',
      `is too large: at most ${MOST_CHARACTERS} characters as JSON. Pass ids instead of the data.`,
    );
  }
  return { value, fingerprint: sha256(text) };
}

/** A copy with sorted fields, without undefined fields. */
function toJson(value: unknown, path: string, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (depth > DEEPEST) throw new ConfigurationError(path, 'is nested too deep, or contains itself.');
  if (Array.isArray(value)) return value.map((item, index) => toJson(item, `${path}[${index}]`, depth + 1));
  if (value instanceof Date) {
    throw new ConfigurationError(
      path,
      'is a Date. Pass an ISO text, because a rerun reads the input from the store as JSON.',
    );
  }
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  const isPlain = prototype !== undefined && (prototype === null || Object.getPrototypeOf(prototype) === null);
  if (!isPlain) {
    throw new ConfigurationError(
      path,
      `is not JSON (${describe(value)}), but a rerun reads the input from the store as JSON.`,
    );
  }
  const fields = Object.entries(value as object).filter(([, item]) => item !== undefined);
  const sorted = fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, item]) => [name, toJson(item, `${path}.${name}`, depth + 1)]));
}

function describe(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  return (value as object).constructor?.name || 'an object of a class';
}
