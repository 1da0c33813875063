import { isFields, textOf } from '../http/error-body.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

// Fields that only describe. One that is malformed is left out, so that it does not hide the rest of the answer.

/** The texts of a map, such as labels; undefined if there is no map. */
export function textMap(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isFields(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}

/** The texts of a list, such as tags; undefined if there is no list. */
export function textList(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.flatMap((text) => textOf(text) ?? []) : undefined;
}

/** The labels and annotations of a resource. */
export function metadataOf(value: unknown) {
  const metadata = isFields(value) ? value : {};
  return omitUndefined({ labels: textMap(metadata.labels), annotations: textMap(metadata.annotations) });
}
