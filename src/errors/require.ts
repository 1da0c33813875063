import { ConfigurationError } from './configuration-error.ts';

// Checks of options and arguments. Each throws a ConfigurationError that names the field. The `optional` ones accept undefined.

export function requireText(field: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new ConfigurationError(field, 'must be a string that is not empty.');
}

export function optionalText(field: string, value: unknown): string | undefined {
  return value === undefined ? undefined : requireText(field, value);
}

export function requireBoolean(field: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ConfigurationError(field, 'must be true or false.');
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
    throw new ConfigurationError(name, 'must be a function.');
  }
}
