import { HandleError } from '../errors/handle-error.ts';
import { isSegment } from '../http/path-segment.ts';
import { handleFromText } from '../operation/handle-text.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { isObject } from '../protocols/poll-response.ts';
import * as z from '../schema/schema.ts';
import { FilledTextSchema, IsoTimeSchema } from './text-schemas.ts';

const HandleSchema = z.looseObject({
  v: z.number(),
  kind: FilledTextSchema,
  id: z.where(z.string(), isSegment, 'is no id'),
  baseUrl: z.optional(z.string()),
  path: z.optional(z.string()),
  startedAt: IsoTimeSchema,
  note: z.optional(z.string()),
});

const VERSION = 1;

/** The content of a saved handle. */
export interface ReadHandle<Facts, Kind> {
  readonly id: string;
  readonly startedAt: string;
  readonly note: string | undefined;
  readonly facts: Facts;
  readonly kind: Kind;
}

/**
 * Checks a saved handle before anything is sent.
 * @throws {HandleError} names the wrong field and says what to do
 */
export function readHandle<Facts, Kind extends { readonly kind: string; readonly facts: z.SchemaOf<Facts> }>(
  value: unknown,
  expected: { readonly kinds: readonly Kind[]; readonly baseUrl: string },
): ReadHandle<Facts, Kind> {
  const handle = parseHandle(value);
  const kind = expected.kinds.find((each) => each.kind === handle.kind);
  if (!kind) throw otherKind(handle.kind, expected.kinds);
  if (handle.baseUrl !== expected.baseUrl) {
    throw new HandleError(
      'baseUrl',
      `is ${handle.baseUrl ?? 'missing'}; the base URL of this client is ${expected.baseUrl}.`,
    );
  }
  const { id, startedAt, note } = handle;
  return { id, startedAt, note, facts: check(kind.facts, handle) as Facts, kind };
}

/** The error for a handle of another kind. */
export function otherKind(kind: string, kinds: readonly { readonly kind: string }[]): HandleError {
  const names = kinds.map((each) => each.kind).join(', ');
  return new HandleError('kind', `is '${kind}'; this client resumes ${names}.`);
}

/** Reads a handle of any kind. */
export function parseHandle(saved: unknown): OperationHandle {
  const value = typeof saved === 'string' ? handleFromText(saved) : saved;
  checkVersion(isObject(value) ? value.v : undefined);
  return check(HandleSchema, value) as OperationHandle;
}

/** A handle of another version is refused, because the meaning of its fields is not known. */
function checkVersion(version: unknown): void {
  if (version === VERSION) return;
  if (version === undefined || version === null) {
    throw new HandleError('v', 'is missing, so this is no handle; pass all that operation.toJSON() returned.');
  }
  const isNewer = typeof version === 'number' && version > VERSION;
  const found = typeof version === 'number' ? version : `of type ${typeof version}`;
  throw new HandleError(
    'v',
    isNewer
      ? `is ${found}: a newer version of the package wrote it, but this version reads only ${VERSION}. Update the package.`
      : `is ${found}, which no version of the package writes; it must be the number ${VERSION}. Use the handle as it was saved.`,
  );
}

function check<S extends z.Schema>(schema: S, value: unknown): z.Output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new HandleError(
    issue?.path.join('.') || 'v',
    `is damaged (${issue?.message ?? 'not readable'}); use the handle as it was saved.`,
  );
}
