import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/http/redactor.ts';
import { cpuTimer } from '../support/cpu-time.ts';
import { runs } from '../support/effort.ts';

type Encoder = (text: string) => string;

const bytesOf = (text: string) => [...Buffer.from(text, 'utf8')];
const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
const upper = (value: number, length: number) => hex(value, length).toUpperCase();
const units = (text: string) => Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
const inJson: Encoder = (text) => JSON.stringify(text).slice(1, -1);
const named: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
const page: Encoder = (text) => text.replaceAll(/[&<>"]/g, (mark) => `&${named[mark]};`);
const latin: Readonly<Record<string, string>> = { ü: 'uuml', é: 'eacute', '€': 'euro' };
const allNamed: Encoder = (text) => page(text).replaceAll(/[üé€]/g, (mark) => `&${latin[mark]};`);
const numbers = (text: string, write: (code: number) => string, which = /[^\w .-]/gu) =>
  text.replaceAll(which, (mark) => write(mark.codePointAt(0) ?? 0));

/** Encodings that each keep every character apart, as the libraries of servers write them. */
const encoders: Readonly<Record<string, Encoder>> = {
  'a URL': encodeURIComponent,
  'a URL in small letters': (text) => encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase()),
  'a URL by RFC 3986': (text) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${upper(mark.charCodeAt(0), 2)}`),
  'a URL, every byte': (text) =>
    bytesOf(text)
      .map((byte) => `%${upper(byte, 2)}`)
      .join(''),
  'a URL of old scripts': escape,
  'a form': (text) => new URLSearchParams([['', text]]).toString().slice(1),
  'a form with the star escaped': (text) =>
    new URLSearchParams([['', text]]).toString().slice(1).replaceAll('*', '%2A'),
  JSON: inJson,
  'JSON of PHP': (text) =>
    inJson(text)
      .replaceAll('/', '\\/')
      .replaceAll(/[^\0-\x7f]/g, (mark) => `\\u${hex(mark.charCodeAt(0), 4)}`),
  'JSON of .NET': (text) =>
    inJson(text).replaceAll(/[^\w .,:;()!*\\-]/g, (mark) => `\\u${upper(mark.charCodeAt(0), 4)}`),
  'JSON of Go': (text) => inJson(text).replaceAll(/[<>&]/g, (mark) => `\\u${hex(mark.charCodeAt(0), 4)}`),
  'JSON in ASCII': (text) => inJson(text).replaceAll(/[^ -~]/g, (mark) => `\\u${hex(mark.charCodeAt(0), 4)}`),
  'JSON, every character': (text) =>
    units(text)
      .map((unit) => `\\u${hex(unit, 4)}`)
      .join(''),
  'JSON, every character in capitals': (text) =>
    units(text)
      .map((unit) => `\\u${upper(unit, 4)}`)
      .join(''),
  'bytes of Python': (text) =>
    bytesOf(text)
      .map((byte) =>
        byte >= 0x20 && byte < 0x7f && byte !== 0x5c && byte !== 0x27
          ? String.fromCharCode(byte)
          : `\\x${hex(byte, 2)}`,
      )
      .join(''),
  'a page': page,
  'a page of PHP': (text) => page(text).replaceAll("'", '&#039;'),
  'a page of Python': (text) => page(text).replaceAll("'", '&#x27;'),
  'a page with all names': allNamed,
  'a page in numbers': (text) => numbers(text, (code) => `&#${code};`),
  'a page in hexadecimal': (text) => numbers(text, (code) => `&#x${hex(code, 2)};`),
  'a page in capital hexadecimal': (text) => numbers(text, (code) => `&#X${upper(code, 4)};`),
  'a page, every character': (text) => numbers(text, (code) => `&#${code};`, /./gu),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
  'base64 without padding': (text) => Buffer.from(text, 'utf8').toString('base64').replaceAll('=', ''),
  'base64 for URLs': (text) => Buffer.from(text, 'utf8').toString('base64url'),
};
const names = Object.keys(encoders);
const encoded = (chain: readonly string[], text: string) =>
  chain.reduce((inner, name) => encoders[name]?.(inner) ?? '', text);

const secrets = [
  'a+b/c*d&e"f<ü>',
  '100% sûre €uro',
  'a%2Fb%252Fc',
  "it's `quoted` \\back\\slash\\",
  '&lt;not&amp;html&#38;',
  'ünïcödé-pässwörd',
  '😀emoji😀key',
  'plain-and-simple-4711',
  'eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiI0NzExIn0.c2lnbmF0dXJl',
  '\\u0041\\u0026\\x41',
];

/** Nothing of `secret` stands in a text, whatever the text is taken for. */
function expectHidden(secret: string, text: string, written: string) {
  const redactor = new Redactor();
  redactor.add(secret);
  const shown = redactor.text(text);
  expect(shown).toContain('[redacted]');
  expect(shown).not.toContain(written);
  expect(shown.length).toBeLessThan(text.length - written.length + 20);
}

describe.each(secrets)('the secret %j', (secret) => {
  it.each(names)('as in %s, alone and within every other', (outer) => {
    for (const chain of [[outer], ...names.map((inner) => [inner, outer])]) {
      const written = encoded(chain, secret);
      expectHidden(secret, `{"message":"bad value: ${written} was given"}`, written);
    }
  });

  it.each(names)('in a body that is written as in %s as a whole', (outer) => {
    for (const inner of names) {
      const redactor = new Redactor();
      redactor.add(secret);
      const body = `{"user":"admin","value":"${encoded([inner], secret)}","more":1}`;
      expect(redactor.hasSecret(encoded([outer], body)), `${inner} in ${outer}`).toBe(true);
    }
  });
});

it('any secret is found three encodings deep, and what stands around it is left alone', () => {
  const anySecret = fc
    .tuple(
      fc.string({ unit: fc.constantFrom(...'abcXYZ019 &<>"\'+/=%~!*()\\;#uxn-_éü€'), minLength: 4, maxLength: 24 }),
      fc.integer({ min: 100_000, max: 999_999 }),
    )
    .map(([text, number]) => `s${text}${number}`);
  const escapes = names.filter((name) => !name.startsWith('base64'));
  fc.assert(
    fc.property(anySecret, fc.array(fc.constantFrom(...escapes), { minLength: 1, maxLength: 3 }), (secret, chain) => {
      const redactor = new Redactor();
      redactor.add(secret);
      expect(redactor.text(`before (${encoded(chain, secret)}) after`)).toBe('before ([redacted]) after');
    }),
    { numRuns: runs(600) },
  );
});

it('a secret in the middle of base64 is found wherever its bytes begin', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'abcdef0123456789+/&ü'), minLength: 6, maxLength: 20 }),
      fc.uint8Array({ maxLength: 8 }),
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom('base64' as const, 'base64url' as const),
      (secret, before, after, kind) => {
        const redactor = new Redactor();
        redactor.add(secret);
        const whole = Buffer.concat([before, Buffer.from(secret), after]).toString(kind);
        const written = redactor.text(`Basic ${whole}`);
        expect(written).toContain('[redacted]');
        const rest = Buffer.from(written.replace('Basic ', '').replace('[redacted]', ''), 'base64').toString('latin1');
        expect(rest).not.toContain(secret.slice(1, -1));
      },
    ),
    { numRuns: runs(200) },
  );
});

it.each([
  ['read as Latin-1', Buffer.from('pässwörd-4711').toString('latin1')],
  ['with question marks', 'p?ssw?rd-4711'],
  ['in Latin-1 bytes of a URL', 'p%E4ssw%F6rd-4711'],
  ['in Latin-1 bytes of base64', Buffer.from('pässwörd-4711', 'latin1').toString('base64')],
  ['with its marks apart', 'pässwörd-4711'.normalize('NFD')],
])('a secret that a server has mangled is found: %s', (_, written) => {
  const redactor = new Redactor();
  redactor.add('pässwörd-4711');
  expect(redactor.text(`bad ${written}!`)).toMatch(/^bad \[redacted\]=*!$/);
});

it('a secret is found in the named references of HTML', () => {
  const redactor = new Redactor();
  redactor.add('!"#$%&\'()*+,/<=>?@[\\]^_`{|}ÄçñÅšÿßæ£€');
  const written =
    '&excl;&quot;&num;&dollar;&percnt;&amp;&apos;&lpar;&rpar;&ast;&plus;&comma;&sol;&lt;&equals;&gt;&quest;&commat;' +
    '&lsqb;&bsol;&rsqb;&Hat;&lowbar;&grave;&lcub;&verbar;&rcub;&Auml;&ccedil;&ntilde;&Aring;&scaron;&yuml;&szlig;&aelig;' +
    '&pound;&euro;';
  expect(redactor.text(`bad ${written} &constructor; &uthing;`)).toBe('bad [redacted] &constructor; &uthing;');
});

it('other texts are left as they are', () => {
  const redactor = new Redactor();
  redactor.add('a+b/c*d&e"f<ü>');
  redactor.add('pass-word-1');
  for (const text of [
    'An ordinary sentence with a password, 100% of it & <more>.',
    '%7B%22a%22%3A1%7D \\u0041 &amp;',
    'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
    Buffer.from('An ordinary sentence in base64.').toString('base64'),
  ]) {
    expect(redactor.text(text)).toBe(text);
  }
});

describe('a megabyte that wants to be slow takes less than a second:', () => {
  const MEGABYTE = 1_000_000;
  const secret = 'a+b/c*d&e"f<ü>';
  const filled = (text: string) => text.repeat(Math.ceil(MEGABYTE / text.length)).slice(0, MEGABYTE);
  const twentyFive = `%${'25'.repeat(20)}`;
  it.each<[string, string]>([
    ['percent signs', filled('%')],
    ['percent signs, escaped again and again', filled(twentyFive)],
    ['one deep escape in front of plain text', twentyFive + filled('plain text and more of it ')],
    ['backslashes', filled('\\')],
    ['escapes of JSON', filled('\\u0041')],
    ['references without an end', filled('&')],
    ['references', filled('&amp;')],
    ['references that are not known', filled('&nothing;')],
    ['one run of base64', filled(Buffer.from('text of all kinds, ').toString('base64').replaceAll('=', ''))],
    ['many runs of base64', filled(`${Buffer.from('text of all kinds').toString('base64')} `)],
    [
      'base64 of base64 of base64',
      Buffer.from(
        Buffer.from(Buffer.from(filled('text ').slice(0, 400_000)).toString('base64')).toString('base64'),
      ).toString('base64'),
    ],
    ['the beginning of the secret', filled(secret.slice(0, -1))],
    ['the secret', filled(secret)],
    ['the secret as in a URL', filled(encodeURIComponent(secret))],
    ['one letter', filled('a')],
    ['a secret of one letter but for its end', filled('b')],
    ['control characters', filled('\u0090')],
  ])('%s', (_, text) => {
    const redactor = new Redactor();
    redactor.add(secret);
    redactor.add(`${'b'.repeat(60)}c`);
    for (let index = 0; index < 40; index += 1) redactor.add(`issued-token-${index}-`.repeat(40), 'issued');
    redactor.text('warm up');
    // Of the processor, since other processes take turns with this one. Quadratic work would take a minute.
    const times = [1, 2, 3, 4].map(() => {
      const spentMs = cpuTimer();
      redactor.text(text);
      return spentMs();
    });
    expect(Math.min(...times)).toBeLessThan(1_000);
  });
});
