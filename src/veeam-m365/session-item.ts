import * as z from '../schema/schema.ts';
import { toOptionalDate } from './times.ts';

/** A post has a number instead of an id. */
export const ItemSchema = z.where(
  z.looseObject({ id: z.nullish(z.string()), postId: z.nullish(z.number()) }),
  (wire) => idOf(wire) !== '',
  'has no id',
);

export type WireItem = z.Output<typeof ItemSchema>;

export function idOf({ id, postId }: { readonly id?: unknown; readonly postId?: unknown }): string {
  return String(id ?? postId ?? '');
}

/** What every thing in a session has. */
export interface SessionItem {
  readonly id: string;
  /** When it was created, where the server tells it. */
  readonly createdAt?: Date;
  /** When it was changed last, where the server tells it. */
  readonly modifiedAt?: Date;
}

/** The thing that an answer describes: the vendor's fields without null and links, and the times as dates. */
export function toSessionItem<Item extends SessionItem>(wire: WireItem): Item {
  const fields = Object.entries(wire).filter(([name, value]) => value != null && !name.startsWith('_'));
  const item: Record<string, unknown> = { ...Object.fromEntries(fields), id: idOf(wire) };
  const createdAt = dateOf(item.creationTime ?? item.createdTime);
  const modifiedAt = dateOf(item.modificationTime ?? item.modified ?? item.lastModifiedTime);
  if (createdAt) item.createdAt = createdAt;
  if (modifiedAt) item.modifiedAt = modifiedAt;
  return item as unknown as Item;
}

/** A thing as requests name it: the fields that the answer had. */
export function toWireItem(item: object): Record<string, unknown> {
  const isOurs = ([name, value]: [string, unknown]) =>
    value === undefined || value instanceof Date || (name === 'id' && 'postId' in item);
  return Object.fromEntries(Object.entries(item).filter((field) => !isOurs(field)));
}

function dateOf(value: unknown): Date | undefined {
  return typeof value === 'string' ? toOptionalDate(value) : undefined;
}
