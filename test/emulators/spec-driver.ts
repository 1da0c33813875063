import type { Emulator } from '../../src/testing/emulator.ts';
import type { Product } from '../../src/testing/product.ts';
import type { SpecDocument, SpecOperation, SpecParameter } from '../specs/spec-document.ts';
import type { Answered, Asked, Wire } from './drivers/driver.ts';
import { KnownPaths } from './known-paths.ts';

type Headers = Readonly<Record<string, string>>;

/** How an operation is called: with the samples of its document, or also as it should not be. */
export type Manner = 'as-documented' | 'in-every-way';

/** Seconds after which everything is read again. */
const MINUTES = [2, 30];
const HOURS = [300, 86_400];

/**
 * Calls every route of an emulator that a document describes, with the samples of the document and the ids that answers
 * have told, before, during and after a restore. Knows no vendor.
 */
export class SpecDriver {
  readonly #wire: Wire;
  readonly #prefix: string;
  readonly #product: Product;
  readonly #operations: readonly (SpecOperation & { readonly role: string })[];
  readonly #known: KnownPaths;
  readonly #origins = new Map<string, string>();
  /** Operations that only the product's own script calls with good input. */
  readonly #calledWrongly = new Set<SpecOperation>();
  #login: Headers = {};

  constructor(options: {
    readonly wire: Wire;
    readonly emulator: Emulator;
    readonly documents: readonly SpecDocument[];
    readonly product: Product;
    readonly prefix: string;
  }) {
    const { wire, emulator, documents, product, prefix } = options;
    const described = documents.flatMap(({ operations }) => operations);
    this.#wire = wire;
    this.#prefix = prefix;
    this.#product = product;
    this.#operations = described.flatMap((operation) => {
      const route = emulator.routes.find(
        ({ operationId, path }) =>
          operationId === operation.operationId && path.toLowerCase() === operation.path.toLowerCase(),
      );
      return route ? [{ ...operation, role: route.role }] : [];
    });
    this.#known = new KnownPaths(this.#operations.map(({ path }) => path));
  }

  async run(manner: Manner): Promise<void> {
    const reads = this.#operations.filter(({ method }) => method === 'get');
    const starts = this.#operations.filter(({ role }) => role === 'start');
    const writes = this.#operations.filter((operation) => !reads.includes(operation) && !starts.includes(operation));

    await this.#logIn();
    await this.#callAll(reads, manner);
    if (manner === 'in-every-way') {
      await this.#callAll(writes, manner);
      await this.#readOver(reads, HOURS);
    }
    await this.#callAll(starts, manner);
    await this.#readOver(reads, MINUTES);
    // What is below a thing before what ends it.
    await this.#callAll([...writes].reverse(), manner);
    await this.#readOver(reads, HOURS);
    if (manner === 'in-every-way') await this.#callAll([...starts, ...writes, ...reads], manner);
  }

  async #readOver(reads: readonly SpecOperation[], seconds: readonly number[]): Promise<void> {
    for (const pause of seconds) {
      this.#wire.clock.jump(pause * 1_000);
      await this.#callAll(reads, 'as-documented');
    }
  }

  async #callAll(operations: readonly SpecOperation[], manner: Manner): Promise<void> {
    for (const operation of operations) {
      if (this.#product.isScripted?.(operation.operationId)) {
        if (manner === 'as-documented' || this.#calledWrongly.has(operation)) continue;
        this.#calledWrongly.add(operation);
      }
      const own = this.#product.paths?.[operation.operationId];
      const paths = own ? [own] : this.#known.of(operation.path, manner === 'in-every-way' ? 2 : 1);
      for (const path of paths.length > 0 ? paths : [this.#known.unknown(operation.path)]) {
        for (const body of this.#bodiesOf(operation)) await this.#call(operation, path, body);
      }
      if (manner === 'in-every-way') await this.#callWrongly(operation, paths[0]);
    }
  }

  async #callWrongly(operation: SpecOperation, path = this.#known.unknown(operation.path)): Promise<void> {
    const [body = {}] = this.#bodiesOf(operation);
    await this.#call(operation, path, { ...body, headers: {} });
    await this.#call(operation, path, { ...body, headers: { authorization: 'Bearer nonsense' } });
    await this.#call(operation, this.#known.unknown(operation.path), body);
    for (const query of queriesOf(operation.parameters)) await this.#call(operation, `${path}?${query}`, body);
    if (operation.method !== 'get') await this.#call(operation, path, { json: {} });
  }

  async #call(operation: SpecOperation, path: string, asked: Asked): Promise<void> {
    const send = () => this.#ask(operation.method.toUpperCase(), path, { headers: this.#login, ...asked });
    const answer = await send();
    if (answer?.status !== 401 || asked.headers !== undefined) return;
    await this.#logIn();
    await send();
  }

  async #ask(method: string, path: string, asked: Asked): Promise<Answered | undefined> {
    // What was once asked at another origin, as a token endpoint is, stays there.
    if (!path.startsWith('/')) this.#origins.set(new URL(path).pathname, new URL(path).origin);
    const where = path.startsWith('/') ? (this.#origins.get(path.replace(/\?.*/, '')) ?? this.#prefix) + path : path;
    const answer = await this.#wire.ask(method, where, asked);
    if (answer && answer.status < 300)
      this.#known.learn(method === 'GET' ? path.replace(/\?.*/, '') : undefined, answer);
    return answer;
  }

  async #logIn(): Promise<void> {
    this.#login = await this.#product.logIn(async (method, where, asked = {}) => {
      const answer = await this.#ask(method, where, asked);
      return answer?.status === 200 ? answer.body : undefined;
    });
  }

  /** What fits the data of the emulator, the samples of the document, or nothing where it takes none. */
  #bodiesOf({ operationId, requestExamples }: SpecOperation): readonly Asked[] {
    if (requestExamples.length === 0) return [{}];
    const own = this.#product.bodies?.[operationId] ?? [];
    const isForm = requestExamples.some(({ contentType }) => contentType.includes('form'));
    return [...own, ...requestExamples.map(({ value }) => value)].map((value) =>
      isForm ? { form: value as Record<string, string> } : { json: value },
    );
  }
}

/** Each parameter with each sample and each word that it may be, and with one that it is not. */
function queriesOf(parameters: readonly SpecParameter[]): readonly string[] {
  return parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap(({ name, schema = {}, example, examples = {} }) => {
      const samples = [example, schema.example, schema.default, ...Object.values(examples).map(({ value }) => value)];
      const values = [...samples, ...(schema.enum ?? []), 'no such value'].filter((value) => value !== undefined);
      return [...new Set(values)].map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
    });
}
