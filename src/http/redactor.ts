const REPLACEMENT = '[redacted]';
/** A shorter secret would blacken ordinary words. */
const SHORTEST = 4;
const DEEPEST = 12;
/** Tokens are issued as long as a client lives; older ones have expired, and no server echoes them any more. */
const MOST_ISSUED = 32;

/** Knows the secrets that a client has used, and takes them out of texts that leave it. */
export class Redactor {
  /** Longest first, since one may hold another. */
  #secrets: readonly string[] = [];
  readonly #lasting: (readonly string[])[] = [];
  readonly #issued: (readonly string[])[] = [];

  /** Remembers a secret; of those that a token endpoint has issued, the latest. */
  add(secret: string, kind: 'lasting' | 'issued' = 'lasting'): void {
    if (secret.length < SHORTEST || this.#secrets.includes(secret)) return;
    (kind === 'issued' ? this.#issued : this.#lasting).push(formsOf(secret));
    if (this.#issued.length > MOST_ISSUED) this.#issued.shift();
    const forms = new Set([...this.#lasting, ...this.#issued].flat());
    this.#secrets = [...forms].sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    let result = text;
    for (const secret of this.#secrets) if (result.includes(secret)) result = result.replaceAll(secret, REPLACEMENT);
    return result;
  }

  hasSecret(text: string): boolean {
    return this.text(text) !== text;
  }

  /** Whether an id that a server has made holds a secret. In a number or a GUID a short one may stand by chance. */
  containsSecret(id: string): boolean {
    return /^[\da-f-]{8,}$/i.test(id) ? this.text(id) === REPLACEMENT : this.hasSecret(id);
  }

  /** A deep copy of plain data without secrets; the value itself where there is none in it. */
  data<T>(value: T, depth = 0): T {
    if (typeof value === 'string') return this.text(value) as T;
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    if (depth > DEEPEST) return '[too deep]' as T;
    if (Array.isArray(value)) return value.map((item) => this.data(item, depth + 1)) as T;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key), this.data(item, depth + 1)]),
    ) as T;
  }

  /** An error that is safe to show: name, code, message and cause, secrets removed. */
  error(error: unknown, depth = 0): Error {
    const source = error instanceof Error ? error : new Error(typeof error === 'string' ? error : 'no reason given');
    if ('isRestoreKitError' in source) return source;
    const inner = source instanceof AggregateError ? source.errors[0] : source.cause;
    const safe = new Error(
      this.text(source.message),
      inner === undefined || depth > 4 ? undefined : { cause: this.error(inner, depth + 1) },
    );
    safe.name = source.name;
    safe.stack = `${source.name}: ${safe.message}`;
    const code: unknown = Reflect.get(source, 'code');
    return typeof code === 'string' ? Object.assign(safe, { code: this.text(code) }) : safe;
  }
}

/** A secret as servers echo it: in JSON, in a URL, in a form, in a page, in a header; in the styles of their platforms. */
function formsOf(secret: string): readonly string[] {
  // A lone surrogate is sent as this, and nothing else can encode it.
  const sent = new TextDecoder().decode(new TextEncoder().encode(secret));
  const url = encodeURIComponent(sent);
  const form = new URLSearchParams([['', sent]]).toString().slice(1);
  const json = inJson(sent);
  const page = sent.replace(/[&<>"]/g, (character) => `&${ENTITIES[character]};`);
  const bytes = base64(sent).replace(/=+$/, '');
  return [
    ...[secret, sent, url, form, smallHex(url), smallHex(form), encodeURIComponent(url), sent.replaceAll(' ', '+')],
    ...[json, json.replaceAll('/', '\\/'), inJson(json), inAscii(json), inJson(inAscii(json))],
    ...[page, page.replaceAll("'", '&#39;'), page.replaceAll("'", '&#x27;'), page.replaceAll("'", '&apos;')],
    ...[numbered(page.replaceAll("'", '&#39;'), /[^ -~]/gu, 10), numbered(sent, MARKS, 10), numbered(sent, MARKS, 16)],
    ...[bytes, bytes.replaceAll('+', '-').replaceAll('/', '_')],
  ];
}

const MARKS = /[^\w .,:;()!*-]/gu;

function numbered(text: string, which: RegExp, radix: 10 | 16): string {
  const prefix = radix === 16 ? '&#x' : '&#';
  return text.replace(which, (character) => `${prefix}${character.codePointAt(0)?.toString(radix)};`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Python and .NET write JSON. */
function inAscii(json: string): string {
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As .NET encodes URLs. */
function smallHex(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
