import { ConfigurationError } from './configuration-error.ts';

// Checks of options and arguments. Each throws a ConfigurationError that names the field. The `optional` ones accept undefined.

/**
 * A sentence about a value that is in the place of a text, with what to do about it; empty if it needs none. It does not
 * quote the value, which may be a secret.
 */
export function seenInstead(value: unknown): string {
  if (value === undefined || value === null) return ` It is ${value}: find out why it is not set.`;
  if (typeof value === 'number' || typeof value === 'bigint') return ' It is a number: pass it as text.';
  if (value instanceof Date) return ' It is a Date.';
  if (typeof value !== 'object') return '';
  if (typeof Reflect.get(value, 'then') === 'function') return ' It is a Promise: await it first.';
  const id = ['id', 'guid', 'name'].find((name) => typeof Reflect.get(value, name) === 'string');
  return ` It is ${Array.isArray(value) ? 'a list' : 'an object'}${id === undefined ? '' : `: pass its \`${id}\``}.`;
}

/** An object with fields, which is checked before its fields are read. @param example what it may be */
export function requireFields(field: string, value: unknown, example: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new ConfigurationError(field, `must be an object, such as ${example}.`);
}

/** An AbortSignal, or left out. */
export function optionalSignal(field: string, value: unknown): void {
  if (value === undefined || isSignal(value)) return;
  const isController = isSignal(Reflect.get(Object(value), 'signal'));
  throw new ConfigurationError(field, `must be an AbortSignal.${isController ? ' Pass `controller.signal`.' : ''}`);
}

function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null) return false;
  return 'aborted' in value && typeof Reflect.get(value, 'addEventListener') === 'function';
}

export function requireText(field: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new ConfigurationError(field, `must be a string that is not empty.${seenInstead(value)}`);
}

export function optionalText(field: string, value: unknown): string | undefined {
  return value === undefined ? undefined : requireText(field, value);
}

export function requireBoolean(field: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ConfigurationError(field, `must be true or false.${seenInstead(value)}`);
}

/** Milliseconds, counts: a number above 0, or left out. */
export function optionalAbove0(field: string, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && value > 0)) return;
  throw new ConfigurationError(field, `must be a number above 0; got ${String(value)}.`);
}

/** A whole number within bounds, or left out. */
export function optionalWhole(field: string, value: number | undefined, least: number, most?: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && !(most && value > most))) return;
  throw new ConfigurationError(field, `must be a whole number from ${least} ${most ? `to ${most}` : 'up'}.`);
}

/** Functions, or left out. */
export function optionalFunctions<T extends object>(options: T, ...names: readonly (keyof T & string)[]): void {
  for (const name of names) {
    if (options[name] === undefined || typeof options[name] === 'function') continue;
    const method = Reflect.get(Object(options[name]), name);
    const hint = typeof method === 'function' ? ` It is an object with this method: pass \`.${name}\` of it.` : '';
    throw new ConfigurationError(name, `must be a function.${hint || seenInstead(options[name])}`);
  }
}
