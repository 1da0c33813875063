const DEEPEST = 4;
const LONGEST = 500;

/**
 * Copies an error that code of the caller threw, such as the client of a vault: its name, code, message and cause. The
 * message may quote a credential that this package has never seen, so words that look like one are removed.
 */
export function foreignError(error: unknown, redact: (text: string) => string, depth = 0): Error {
  // A thrown value that is no error may be the secret itself.
  if (!(error instanceof Error)) return new Error(`It threw a value of type ${typeof error} instead of an error.`);
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  const hasCause = inner instanceof Error && depth < DEEPEST;
  const copy = new Error(
    maskCredentialWords(redact(error.message)).slice(0, LONGEST),
    hasCause ? { cause: foreignError(inner, redact, depth + 1) } : undefined,
  );
  copy.name = error.name;
  copy.stack = `${error.name}: ${copy.message}`;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? Object.assign(copy, { code: maskCredentialWords(redact(code)) }) : copy;
}

/**
 * Hides words that mix letters with digits or contain a word such as 'secret', unless they are an address or a time.
 */
function maskCredentialWords(text: string): string {
  return text.replace(/[^\s"'`,;()<>[\]{}=|]{6,}/g, (word) => (looksLikeCredential(word) ? '[redacted]' : word));
}

const ADDRESS = /^(?:[a-z]+:\/\/)?(?:[a-z\d-]+(?:\.[a-z\d-]+)+|localhost)(?::\d{1,5})?[/.:]*$/;
const TIME = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?[.:]*$/;

function looksLikeCredential(word: string): boolean {
  // Tokens of HashiCorp Vault look like addresses.
  if (/^hv[sbr]\./.test(word)) return true;
  if (ADDRESS.test(word) || TIME.test(word)) return false;
  if (/\d/.test(word) && /[a-z]/i.test(word)) return true;
  return word.length >= 10 && /secret|token|passw/i.test(word) && /[^a-z]/i.test(word);
}
