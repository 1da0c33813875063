import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';

/** 300,000 items, with the smallest default page size of a vendor. */
const MOST_PAGES = 10_000;

/** The items of a list. Its pages are fetched while the items are consumed. */
export interface Items<Item> extends AsyncIterable<Item> {
  /** Reads all pages and returns all items. */
  toArray(): Promise<Item[]>;
}

/** Makes a list from a generator of its items. Each loop over the list reads it again. */
export function itemsOf<Item>(generate: () => AsyncGenerator<Item, void, undefined>): Items<Item> {
  return {
    [Symbol.asyncIterator]: generate,
    toArray: async () => {
      const all: Item[] = [];
      for await (const item of generate()) all.push(item);
      return all;
    },
  };
}

/**
 * Called before each further page.
 * @throws {UnexpectedResponseError} there are too many pages; a server that always offers another page would never
 *   end
 */
export function checkPageCount(pages: number): void {
  if (pages < MOST_PAGES) return;
  throw new UnexpectedResponseError(`The list has not ended after ${MOST_PAGES} pages.`, { status: 200 });
}
