import * as fc from 'fast-check';

/** What a start was really answered. */
export interface TrueAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What its caller is shown instead. */
export interface StrangeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** Kinds of strange answers, each by its name, so that it can be listed as known to fool somebody. */
export const strangeKinds = [
  'odd-links',
  'deep-json',
  'wrong-types',
  'huge-numbers',
  'odd-dates',
  'lone-surrogates',
  'odd-headers',
  'odd-bodies',
  'odd-statuses',
] as const;

export type StrangeKind = (typeof strangeKinds)[number];

type Make = (answer: TrueAnswer) => StrangeAnswer;

const accepted = fc.constantFrom(200, 201, 202, 203, 206, 299);
const refused = fc.constantFrom(400, 403, 404, 405, 406, 408, 409, 410, 415, 418, 422, 425, 429, 451, 499);
/** The status that the product gave, or another one. */
const anyStatus = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: accepted },
  { weight: 2, arbitrary: refused },
);

/** Replaces one value somewhere in the body, or adds one member. */
function withValue(pick: number, value: string): Make {
  return (answer) => ({ ...answer, body: replaceIn(answer.body, pick, () => value) });
}

/** Replaces the texts of the body and of `Location` that look like addresses. */
function withLinks(change: (link: string) => string): Make {
  const isLink = (text: string) => /^(https?:)?\//.test(text);
  return (answer) => {
    const body = answer.body.replaceAll(/"((?:https?:)?\/[^"\\]*)"/g, (_, link: string) =>
      JSON.stringify(change(link)),
    );
    const headers = Object.entries(answer.headers).map(([name, value]) => {
      return [name, isLink(value) ? toHeader(change(value)) : value];
    });
    return { ...answer, headers: Object.fromEntries(headers), body };
  };
}

function withStatus(make: Make, status: number | undefined): Make {
  return (answer) => ({ ...make(answer), ...(status === undefined ? {} : { status }) });
}

const END_OF_LINK = [
  '%20',
  '%C2%A0',
  '%00',
  '%0d%0a',
  '%2e%2e',
  '/..',
  '/',
  '//',
  '?',
  '#',
  '%',
  '%zz',
  ' ',
  '\u00a0',
  '\\',
];
const suffix = fc.constantFrom(...END_OF_LINK, '%E2%80%8B', '%F0%9F', ';a=b', '@evil.invalid', '\ud800');
const otherLink = fc.constantFrom(
  '',
  ' ',
  '/',
  '//',
  'http://',
  'https://[::1',
  'about:blank',
  'data:,x',
  '\u0000',
  '::',
);

const numbers = fc.constantFrom(
  '1e400',
  '-1e400',
  '9'.repeat(400),
  '1e-400',
  '-0',
  '0.1',
  '9007199254740993',
  '-1e308',
);
const texts = fc.constantFrom(
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '" "',
  '[[]]',
  '{"toString":1}',
  '{"__proto__":{"status":0}}',
  '{"constructor":null}',
  '"%C2%A0"',
  '[null]',
);
const dates = fc.constantFrom(
  '"NaN"',
  '"Invalid Date"',
  '"9999-99-99T99:99:99Z"',
  '"+275761-01-01T00:00:00Z"',
  '"0000-00-00"',
  '8.64e15',
  '8640000000000001',
  '"1970-01-01T00:00:00+99:99"',
);
const surrogates = fc.constantFrom('"\\ud800"', '"\\udc00\\ud800"', '"a\\udfffb"', '"\\ud83d"');

const place = fc.nat({ max: 30 });

const bodies: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ufeff{}',
    '{"a":1,"a":2}',
    '{',
    '"',
    '<html>',
    'nul',
    '[1,2',
    '{"a":1}garbage',
    'NaN',
  ),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
);

const headerNames = fc.constantFrom(
  'location',
  'content-type',
  'retry-after',
  'date',
  'content-length',
  'x-request-id',
);
const headerValues = fc.constantFrom(
  '',
  ' ',
  ',',
  ';',
  'charset=',
  'application/json; charset=utf-99',
  'application/json;;;',
  'text/html',
  '%20',
  '/v3/jobs/%C2%A0',
  '/interop/rest/v2/status/service/restore/%20',
  'https://user:pass@evil.invalid/v3/jobs/1',
  '-1',
  '1e999',
  'Infinity',
  'Thu, 99 Foo 99999 99:99:99 GMT',
  '\u00ff\u00a0',
  'a'.repeat(20_000),
);

export const strangeAnswers: Readonly<Record<StrangeKind, fc.Arbitrary<Make>>> = {
  'odd-links': fc
    .tuple(
      fc.oneof(
        suffix.map((end) => (link: string) => link + end),
        suffix.map((segment) => (link: string) => link.replace(/[^/]*$/, segment)),
        otherLink.map((link) => () => link),
      ),
      anyStatus,
    )
    .map(([change, status]) => withStatus(withLinks(change), status)),
  'deep-json': fc
    .tuple(place, fc.constantFrom(99, 101, 1_000, 10_000, 100_000), fc.boolean(), anyStatus)
    .map(([pick, depth, isList, status]) => withStatus(withValue(pick, nest(depth, isList)), status)),
  'wrong-types': fc
    .tuple(place, texts, anyStatus)
    .map(([pick, value, status]) => withStatus(withValue(pick, value), status)),
  'huge-numbers': fc
    .tuple(place, numbers, anyStatus)
    .map(([pick, value, status]) => withStatus(withValue(pick, value), status)),
  'odd-dates': fc
    .tuple(place, dates, anyStatus)
    .map(([pick, value, status]) => withStatus(withValue(pick, value), status)),
  'lone-surrogates': fc
    .tuple(place, surrogates, anyStatus)
    .map(([pick, value, status]) => withStatus(withValue(pick, value), status)),
  'odd-headers': fc
    .tuple(fc.array(fc.tuple(headerNames, headerValues), { minLength: 1, maxLength: 3 }), anyStatus)
    .map(([headers, status]) =>
      withStatus((answer) => ({ ...answer, headers: { ...answer.headers, ...Object.fromEntries(headers) } }), status),
    ),
  'odd-bodies': fc
    .tuple(bodies, anyStatus)
    .map(([body, status]) => withStatus((answer) => ({ ...answer, body }), status)),
  'odd-statuses': fc
    .tuple(
      fc.constantFrom(204, 205, 300, 301, 303, 304, 307, 308, 500, 501, 502, 503, 504, 511, 520, 599),
      fc.boolean(),
    )
    .map(([status, isKept]) => withStatus((answer) => (isKept ? answer : { ...answer, body: '' }), status)),
};

function nest(depth: number, isList: boolean): string {
  const [open, close] = isList ? ['[', ']'] : ['{"a":', '}'];
  return `${open.repeat(depth)}${isList ? '' : '1'}${close.repeat(depth)}`;
}

/** The JSON with the value of one of its places replaced; with a member more where it has so few places. */
function replaceIn(text: string, pick: number, value: () => string): string {
  const places = [...text.matchAll(/:\s*("(?:[^"\\]|\\.)*"|-?[\d.eE+-]+|true|false|null)/g)];
  const found = places[pick % (places.length + 1)];
  if (!found)
    return text.trim().startsWith('{')
      ? text.replace('{', `{"strange":${value()}${/{\s*}/.test(text) ? '' : ','}`)
      : value();
  const [whole, old = ''] = found;
  return (
    text.slice(0, found.index) +
    whole.slice(0, whole.length - old.length) +
    value() +
    text.slice(found.index + whole.length)
  );
}

/** What a header can hold: the rest is left out. */
function toHeader(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '');
}
