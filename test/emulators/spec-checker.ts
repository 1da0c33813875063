import { escapePointer, type SpecDocument, type SpecOperation } from '../specs/spec-document.ts';

/** Compares what an emulator answers with the document of its API. */
export class SpecChecker {
  /** What does not fit, each once. */
  readonly violations = new Set<string>();
  /** Operations of the documents that were answered. */
  readonly answered = new Set<string>();
  readonly #documents: readonly SpecDocument[];
  /** Prefix of a gateway that the documents know nothing of. */
  readonly #prefix: string;

  constructor(documents: readonly SpecDocument[], prefix = '') {
    this.#documents = documents;
    this.#prefix = prefix;
  }

  async check(method: string, url: string, answer: Response): Promise<void> {
    const found = this.#find(method, new URL(url).pathname);
    if (!found) return;
    const { document, operation } = found;
    this.answered.add(`${document.name} ${operation.operationId}`);
    const where = `${document.name} ${operation.operationId} ${answer.status}`;
    const described = document.response(operation, answer.status);
    if (!described) return this.#violate(`${where}: this status is not described`);
    const { response, pointer } = described;
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      if (header.required === true && !answer.headers.has(name)) this.#violate(`${where}: no ${name}`);
    }
    const text = await answer.text();
    const contentType = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const content = response.content ?? {};
    if (text === '') {
      if (answer.status < 300 && Object.keys(content).length > 0) this.#violate(`${where}: the body is empty`);
      return;
    }
    const media = [contentType, `${contentType.split('/')[0]}/*`, '*/*'].find((name) => Object.hasOwn(content, name));
    if (media === undefined) return this.#violate(`${where}: ${contentType || 'no content type'} is not described`);
    if (content[media]?.schema === undefined) return;
    const schema = `${pointer}/content/${escapePointer(media)}/schema`;
    for (const problem of document.problems(schema, contentType.endsWith('json') ? JSON.parse(text) : text)) {
      this.#violate(`${where}: ${problem}`);
    }
  }

  #find(method: string, pathname: string): { document: SpecDocument; operation: SpecOperation } | undefined {
    const path = pathname.startsWith(this.#prefix) ? pathname.slice(this.#prefix.length) : pathname;
    for (const document of this.#documents) {
      const operation = document.operations.find(
        (candidate) => candidate.method === method.toLowerCase() && isAlike(candidate.path, path),
      );
      if (operation) return { document, operation };
    }
    return undefined;
  }

  #violate(problem: string): void {
    this.violations.add(problem);
  }
}

/** Veeam takes paths in any case. */
function isAlike(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith('{') || part.toLowerCase() === given[index]?.toLowerCase())
  );
}
