import { SelectionError } from '../errors/selection-error.ts';

/**
 * The only item; never the first of several.
 * @param what in the message: "mailbox with the address a@b.c"
 * @throws {SelectionError} none, or several; with what was found
 */
export function findOne<Item extends { readonly id: string }>(found: readonly Item[], what: string): Item {
  const [only] = found;
  if (only === undefined) throw new SelectionError<Item>(`There is no ${what}.`, { reason: 'none' });
  if (found.length === 1) return only;
  const ids = found.slice(0, 10).map(({ id }) => id);
  const message = `There are ${found.length}, not one ${what}: ${ids.join(', ')}. Choose one by its id.`;
  throw new SelectionError<Item>(message, { reason: 'several', found });
}
