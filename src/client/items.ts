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
