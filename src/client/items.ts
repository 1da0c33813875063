import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';

/** 300,000 items, in the smallest pages that a vendor gives by itself. */
const MOST_PAGES = 10_000;

/** The items of a list over all its pages, fetched as they are consumed. */
export interface Items<Item> extends AsyncIterable<Item> {
  /** All items, over all pages. */
  toArray(): Promise<Item[]>;
}

/** Makes a list of a generator of its items; each loop over it reads anew. */
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
 * Told before each further page.
 * @throws {UnexpectedResponseError} a server that has always one more page would be read for ever
 */
export function checkPageCount(pages: number): void {
  if (pages < MOST_PAGES) return;
  throw new UnexpectedResponseError(`The list has not ended after ${MOST_PAGES} pages.`, { status: 200 });
}
