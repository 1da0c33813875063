import type { Items } from '../client/items.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { findOne } from './find-one.ts';
import { checkFields } from './restore-options.ts';
import type { SessionItem } from './session-item.ts';

/**
 * The only item with a text, compared without regard to case.
 * @param fields the fields that a filter may name, of which it names one
 * @throws {SelectionError} none, or several; with what was found
 */
export async function findByText<Item extends SessionItem>(
  what: string,
  items: Items<Item>,
  filter: object,
  fields: readonly (keyof Item & string)[],
  sessionId: string,
): Promise<Item> {
  checkFields(filter, fields);
  const field = fields.find((name) => Reflect.get(filter, name) !== undefined);
  const [first = ''] = fields;
  if (field === undefined) throw new ConfigurationError(first, `must be given, or ${fields.slice(1).join(', ')}.`);
  const wanted = requireText(field, Reflect.get(filter, field));
  const all = await items.toArray();
  const found = all.filter((item) => String(item[field] ?? '').toLowerCase() === wanted.toLowerCase());
  return findOne(found, `${what} with the ${field} ${wanted} in session ${sessionId}`);
}
