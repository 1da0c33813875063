import * as core from 'zod/v4/core';

/**
 * A schema that is built when it is first used, so that an import stays fast. Only the parts of zod that this file uses
 * get into a bundle. Formats, lengths, unions, records and enums of zod would add to it; `where` takes their place.
 */
export type Schema<Z extends core.$ZodType = core.$ZodType> = () => Z;

/** The type of a value that fits the schema. */
export type Output<S extends Schema> = core.output<ReturnType<S>>;

/** A schema for values of the type `T`. */
export type SchemaOf<T> = Schema<core.$ZodType<T>>;

type Shape = Readonly<Record<string, Schema>>;
type Fields<S extends Shape> = { [Name in keyof S]: ReturnType<S[Name]> };

// @__NO_SIDE_EFFECTS__
function once<Z extends core.$ZodType>(build: Schema<Z>): Schema<Z> {
  let built: Z | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

// @__NO_SIDE_EFFECTS__
export function string(): Schema<core.$ZodString> {
  return once(() => new core.$ZodString({ type: 'string' }));
}

// @__NO_SIDE_EFFECTS__
export function number(): Schema<core.$ZodNumber> {
  return once(() => new core.$ZodNumber({ type: 'number' }));
}

// @__NO_SIDE_EFFECTS__
export function boolean(): Schema<core.$ZodBoolean> {
  return once(() => new core.$ZodBoolean({ type: 'boolean' }));
}

// @__NO_SIDE_EFFECTS__
export function unknown(): Schema<core.$ZodUnknown> {
  return once(() => new core.$ZodUnknown({ type: 'unknown' }));
}

// @__NO_SIDE_EFFECTS__
export function optional<Z extends core.$ZodType>(inner: Schema<Z>): Schema<core.$ZodOptional<Z>> {
  return once(() => new core.$ZodOptional({ type: 'optional', innerType: inner() }) as core.$ZodOptional<Z>);
}

/** Accepts null and absence, which mean the same at every vendor. */
// @__NO_SIDE_EFFECTS__
export function nullish<Z extends core.$ZodType>(inner: Schema<Z>): Schema<core.$ZodOptional<core.$ZodNullable<Z>>> {
  return optional(once(() => new core.$ZodNullable({ type: 'nullable', innerType: inner() }) as core.$ZodNullable<Z>));
}

// @__NO_SIDE_EFFECTS__
export function array<Z extends core.$ZodType>(element: Schema<Z>): Schema<core.$ZodArray<Z>> {
  return once(() => {
    const list = new core.$ZodArray({ type: 'array', element: element() }) as core.$ZodArray<Z>;
    const { parse } = list._zod;
    // Other schemas call `run`.
    list._zod.parse = (payload, context) => parseInPieces(parse, payload, context);
    list._zod.run = list._zod.parse;
    return list;
  });
}

/** Lists are checked in pieces of this size. The check ends after the first piece with an issue. */
const PIECE = 1_000;

type Parse = core.$ZodArray['_zod']['parse'];

/** Checking a list of a million wrong items at once would take minutes and all memory. */
function parseInPieces(parse: Parse, payload: Parameters<Parse>[0], context: Parameters<Parse>[1]): ReturnType<Parse> {
  const { value: items }: { value: unknown } = payload;
  if (!Array.isArray(items) || items.length <= PIECE) return parse(payload, context);
  const output: unknown[] = [];
  for (let from = 0; from < items.length; from += PIECE) {
    const piece = parse({ value: items.slice(from, from + PIECE), issues: [] }, context);
    if (piece instanceof Promise) return parse(payload, context);
    if (piece.issues.length > 0) {
      for (const issue of piece.issues) {
        const [index, ...rest] = issue.path ?? [];
        payload.issues.push({ ...issue, path: [from + Number(index), ...rest] });
      }
      return payload;
    }
    for (const item of piece.value as unknown[]) output.push(item);
  }
  payload.value = output;
  return payload;
}

/** An object with these fields. Other fields are left out of the output. */
// @__NO_SIDE_EFFECTS__
export function object<S extends Shape>(fields: S): Schema<core.$ZodObject<Fields<S>, core.$strip>> {
  return once(
    () =>
      new core.$ZodObject({ type: 'object', shape: shapeOf(fields) }) as core.$ZodType as core.$ZodObject<
        Fields<S>,
        core.$strip
      >,
  );
}

function shapeOf<S extends Shape>(fields: S): Fields<S> {
  return Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, schema()])) as Fields<S>;
}

/** An object with these fields. Other fields are kept. */
// @__NO_SIDE_EFFECTS__
export function looseObject<S extends Shape>(fields: S): Schema<core.$ZodObject<Fields<S>, core.$loose>> {
  return once(() => {
    const loose = new core.$ZodObject({ type: 'object', shape: shapeOf(fields), catchall: unknown()() });
    return loose as core.$ZodType as core.$ZodObject<Fields<S>, core.$loose>;
  });
}

/** A value that fits `schema` and for which `holds` returns true. `message` says what is wrong otherwise. */
// @__NO_SIDE_EFFECTS__
export function where<Z extends core.$ZodType>(
  schema: Schema<Z>,
  holds: (value: core.output<Z>) => boolean,
  message: string,
): Schema<Z> {
  return once(() => {
    const base = schema();
    const { def } = base._zod;
    const check = core._refine(core.$ZodCustom, holds, message);
    return core.clone(base, { ...def, checks: [...(def.checks ?? []), check] });
  });
}

/** A list may have an issue in each item, so the number of reported issues is limited. */
const MOST_ISSUES = 20;

/** The issues as text for people: the field and what is wrong with it. */
export function issuesOf(error: core.$ZodError): string[] {
  return error.issues.slice(0, MOST_ISSUES).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
}

export type Checked<S extends Schema> = core.util.SafeParseResult<Output<S>>;

/** Never throws. */
export function safeParse<S extends Schema>(schema: S, value: unknown): Checked<S> {
  return core.safeParse(schema(), value) as Checked<S>;
}
