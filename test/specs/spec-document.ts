import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { parse } from 'yaml';

export interface MediaType {
  readonly schema?: unknown;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly summary?: string }>>;
}

export interface SpecResponse {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface SpecOperation {
  readonly operationId: string;
  readonly method: string;
  /** The path below the host: that of the server's URL, and that of the operation. */
  readonly path: string;
  /** The JSON pointer of its path in the document. */
  readonly pointer: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly parameters: readonly SpecParameter[];
  /** The named examples of its body, by content type. */
  readonly requestExamples: readonly { readonly contentType: string; readonly value: unknown }[];
}

export interface SpecParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly enum?: readonly unknown[]; readonly example?: unknown; readonly default?: unknown };
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

type Referring = { readonly $ref?: string };

interface PathItem {
  readonly parameters?: readonly (SpecParameter & Referring)[];
}

interface OperationInDocument extends PathItem {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: Referring & { readonly content?: Readonly<Record<string, MediaType>> };
}

// The package is CommonJS, and its types say otherwise.
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;

/** One hand-written document: its operations, and a validator for any place in it. */
export class SpecDocument {
  readonly operations: readonly SpecOperation[];
  readonly #document: Record<string, unknown>;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(readonly name: string) {
    this.#document = parse(readFileSync(new URL(`../../specs/${name}.yaml`, import.meta.url), 'utf8'));
    addFormats(this.#ajv);
    // OpenAPI's own numbers are no concern of these tests.
    for (const format of ['int32', 'int64', 'float', 'double', 'binary', 'byte', 'password'])
      this.#ajv.addFormat(format, true);
    this.#ajv.addSchema(this.#document, 'spec');
    const base = basePathOf(this.#document);
    const paths = this.#document.paths as Record<string, PathItem & Record<string, OperationInDocument>>;
    this.operations = Object.entries(paths).flatMap(([path, item]) =>
      ['get', 'post', 'put', 'delete', 'patch'].flatMap((method) => {
        const operation = item[method];
        if (!operation) return [];
        const { operationId, responses, requestBody } = operation;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) =>
          this.#follow(each),
        );
        const content = requestBody ? (this.#follow(requestBody).content ?? {}) : {};
        const requestExamples = Object.entries(content).flatMap(([contentType, { examples = {} }]) =>
          Object.values(examples).map((each) => ({
            contentType,
            value: this.#follow(each as Referring & typeof each).value,
          })),
        );
        const pointer = `/paths/${escapePointer(path)}`;
        return [{ operationId, responses, method, path: `${base}${path}`, pointer, parameters, requestExamples }];
      }),
    );
  }

  /** What a reference leads to, or the thing itself. */
  #follow<T extends Referring>(each: T): T {
    return each.$ref === undefined ? each : (this.at(each.$ref.slice(1)) as T);
  }

  operation(operationId: string): SpecOperation | undefined {
    return this.operations.find((operation) => operation.operationId === operationId);
  }

  /** The response of a status, its reference followed, and the JSON pointer where it stands. */
  response(
    operation: SpecOperation,
    status: number,
  ): { readonly response: SpecResponse; readonly pointer: string } | undefined {
    const key = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((candidate) =>
      Object.hasOwn(operation.responses, candidate),
    );
    if (key === undefined) return undefined;
    const found = operation.responses[key] as SpecResponse & { readonly $ref?: string };
    if (found.$ref !== undefined) {
      const pointer = found.$ref.slice(1);
      return { response: this.at(pointer) as SpecResponse, pointer };
    }
    return { response: found, pointer: `${operation.pointer}/${operation.method}/responses/${key}` };
  }

  at(pointer: string): unknown {
    return pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (node, part) => (node as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')],
        this.#document,
      );
  }

  /** What is wrong with a value by the schema at `pointer`; nothing where it fits. */
  problems(pointer: string, value: unknown): readonly string[] {
    let validate = this.#validators.get(pointer);
    if (!validate) {
      validate = this.#ajv.compile({ $ref: `spec#${encodeURI(pointer)}` });
      this.#validators.set(pointer, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
  }
}

/** `/v6` of `https://{host}:4443/v6`: the path of the server's URL, empty where it has none. */
export function basePathOf({ servers }: { readonly servers?: unknown }): string {
  const [server] = (servers ?? []) as readonly { readonly url: string }[];
  return /^https?:\/\/[^/]+(\/.*)?$/.exec(server?.url ?? '')?.[1]?.replace(/\/$/, '') ?? '';
}

export function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
