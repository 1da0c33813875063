import type { Call } from '../route.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object of a request; undefined where the body is anything else. */
export function readObject(call: Call): JsonObject | undefined {
  try {
    return asObject(call.json());
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** A field by name: the server minds no case (VM-6), unless it is strict. */
export function field(body: JsonObject, name: string, strict = false): unknown {
  const key = strict ? name : Object.keys(body).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : body[key];
}

/** v5 wraps the input of an action in one key, which names the action (VM-5). */
export function readAction(call: Call): { readonly name: string; readonly input: unknown } | undefined {
  const [entry, ...others] = Object.entries(readObject(call) ?? {});
  return entry && others.length === 0 ? { name: entry[0], input: entry[1] } : undefined;
}

/** Booleans, also as text, which clients send and the server takes. */
export function asBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}
