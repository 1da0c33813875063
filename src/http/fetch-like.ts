/** The part of the standard `fetch` that this package uses: a URL as text, and options. */
export type FetchLike = (input: string, init: RequestInit) => Promise<Response>;
