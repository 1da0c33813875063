import { deviationOf } from '../../src/testing/deviation.ts';
import { escapePointer, type SpecDocument, type SpecOperation } from '../specs/spec-document.ts';

export interface CheckedCall {
  readonly method: string;
  readonly url: string;
  /** As the emulator has routed it. */
  readonly operationId: string | undefined;
}

/** Compares what an emulator answers with the document of its API. */
export class SpecChecker {
  /** What does not fit, each once. */
  readonly violations = new Set<string>();
  /** What does not fit in answers that are marked as out of spec on purpose. */
  readonly markedViolations = new Set<string>();
  /** How many answers were so marked, whether they fit or not. */
  marked = 0;
  /** Calls without any answer. */
  lost = 0;
  /** Operations of the documents that were answered with a 2xx. */
  readonly succeeded = new Set<string>();
  readonly #documents: readonly SpecDocument[];
  /** Prefix of a gateway that the documents know nothing of. */
  readonly #prefix: string;

  constructor(documents: readonly SpecDocument[], prefix = '') {
    this.#documents = documents;
    this.#prefix = prefix;
  }

  /** `copy` is a clone of the answer, for reading. */
  async check(call: CheckedCall, answer: Response, copy: Response): Promise<void> {
    const reason = deviationOf(answer);
    if (reason !== undefined) this.marked += 1;
    const found = this.#find(call);
    if (!found) return;
    const { document, operation } = found;
    if (answer.ok) this.succeeded.add(`${document.name} ${operation.operationId}`);
    for (const problem of await problemsOf(document, operation, copy)) {
      if (reason === undefined) this.violations.add(problem);
      else this.markedViolations.add(`${problem} (${reason})`);
    }
  }

  /** By the path, or by the operation's name where the emulator has an alias of the path. */
  #find(call: CheckedCall): { document: SpecDocument; operation: SpecOperation } | undefined {
    const { pathname } = new URL(call.url);
    const path = pathname.startsWith(this.#prefix) ? pathname.slice(this.#prefix.length) : pathname;
    for (const document of this.#documents) {
      const operation = document.operations.find(
        (candidate) => candidate.method === call.method.toLowerCase() && isAlike(candidate.path, path),
      );
      if (operation) return { document, operation };
    }
    for (const document of this.#documents) {
      const operation = call.operationId === undefined ? undefined : document.operation(call.operationId);
      if (operation) return { document, operation };
    }
    return undefined;
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

async function problemsOf(document: SpecDocument, operation: SpecOperation, answer: Response): Promise<string[]> {
  const problems: string[] = [];
  const where = `${document.name} ${operation.operationId} ${answer.status}`;
  const described = document.response(operation, answer.status);
  if (!described) return [`${where}: this status is not described`];
  const { response, pointer } = described;
  for (const [name, header] of Object.entries(response.headers ?? {})) {
    if (header.required === true && !answer.headers.has(name)) problems.push(`${where}: no ${name}`);
  }
  const text = await answer.text();
  const contentType = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const content = response.content ?? {};
  if (text === '') {
    if (answer.status < 300 && Object.keys(content).length > 0) problems.push(`${where}: the body is empty`);
    return problems;
  }
  const media = [contentType, `${contentType.split('/')[0]}/*`, '*/*'].find((name) => Object.hasOwn(content, name));
  if (media === undefined) return [...problems, `${where}: ${contentType || 'no content type'} is not described`];
  if (content[media]?.schema === undefined) return problems;
  const schema = `${pointer}/content/${escapePointer(media)}/schema`;
  const value = contentType.endsWith('json') ? parse(text) : text;
  if (value === undefined) return [...problems, `${where}: the body is no JSON`];
  return [...problems, ...document.problems(schema, value).map((problem) => `${where}: ${problem}`)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
