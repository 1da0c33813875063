/** Character references of HTML for ASCII punctuation and other characters that passwords contain. */
// biome-ignore format: one line each would be longer than all the rest of the redactor
const NAMED: Readonly<Record<string, string>> = {
  amp: '&', AMP: '&', lt: '<', LT: '<', gt: '>', GT: '>', quot: '"', QUOT: '"', apos: "'", Tab: '\t', NewLine: '\n',
  excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*', plus: '+', comma: ',', period: '.',
  sol: '/', colon: ':', semi: ';', equals: '=', quest: '?', commat: '@', lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']',
  rbrack: ']', Hat: '^', lowbar: '_', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', rcub: '}', rbrace: '}',
  nbsp: '\u00a0', iexcl: '¡', cent: '¢', pound: '£', yen: '¥', sect: '§', copy: '©', laquo: '«', reg: '®', deg: '°',
  plusmn: '±', acute: '´', micro: 'µ', para: '¶', middot: '·', raquo: '»', iquest: '¿', AElig: 'Æ', aelig: 'æ',
  Oslash: 'Ø', oslash: 'ø', szlig: 'ß', times: '×', euro: '€', hellip: '…', ndash: '–', mdash: '—',
};

/** Accents, whose name follows the letter, as in `uuml`. */
const MARKS: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  caron: '\u030c',
  cedil: '\u0327',
};

/**
 * The character of a reference such as `&uuml;`; undefined if the name is not known.
 * @see https://html.spec.whatwg.org/multipage/named-characters.html
 */
export function namedCharacter(name: string): string | undefined {
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const mark = name.slice(1);
  return Object.hasOwn(MARKS, mark) && /^[a-z]/i.test(name)
    ? (name.charAt(0) + MARKS[mark]).normalize('NFC')
    : undefined;
}
