import { describe, expect, it } from 'vitest';
import { foreignError } from '../../src/auth/foreign-error.ts';

const asIs = (text: string) => text;
const shown = (message: string) => foreignError(new Error(message), asIs).message;

describe('a word in the message of an error that code of the caller threw', () => {
  it.each([
    'hvs.CAESIAbcdef',
    'hvb.abcdef',
    'hvr.abcdef',
    'AKIA4711EXAMPLE',
    'pa55word',
    '4711aaaa',
    'my-secret-value',
    'token:abcde',
    'Passwort-von-Anna',
    'password-x',
  ])('that looks like a credential is hidden: %s', (word) => {
    expect(shown(`cannot log in with ${word} now`)).toBe('cannot log in with [redacted] now');
    expect(shown(`"${word}"`)).toBe('"[redacted]"');
  });

  it.each([
    'vault.example.org',
    'https://vault.example.org:8200/',
    'vault-2.example.org:8200',
    'localhost:8200',
    '10.0.0.1:443',
    '2026-04-23',
    '2026-04-23T08:48:06.123Z',
    '2026-04-23T10:48:06+02:00',
    '1776935926050',
    'connection',
    'token-x',
    'secrets',
    'passwordless',
    'a1',
    'not-readable-at-the-moment',
    'see-hvs.',
  ])('that is an address, a time, a number or plain is shown: %s', (word) => {
    expect(shown(`cannot read ${word} now`)).toBe(`cannot read ${word} now`);
  });
});

describe('an error that code of the caller threw', () => {
  it('keeps its name, and a code without a credential', () => {
    class VaultError extends Error {
      override readonly name = 'VaultError';
      readonly code = 'ESEALED';
    }
    expect(foreignError(new VaultError('sealed'), asIs)).toMatchObject({
      name: 'VaultError',
      code: 'ESEALED',
      message: 'sealed',
      stack: 'VaultError: sealed',
    });
    const quoting = Object.assign(new Error('x'), { code: 'E-pa55word' });
    expect(foreignError(quoting, asIs)).toMatchObject({ code: '[redacted]' });
    expect(foreignError(Object.assign(new Error('x'), { code: 7 }), asIs)).not.toHaveProperty('code');
  });

  it('goes through the redaction of the client, message and code', () => {
    const redact = (text: string) => text.replaceAll('hunter', '[redacted]');
    const error = Object.assign(new Error('bad hunter'), { code: 'hunter' });
    expect(foreignError(error, redact)).toMatchObject({ message: 'bad [redacted]', code: '[redacted]' });
  });

  it('is cut after 500 characters', () => {
    expect(shown('long '.repeat(200))).toHaveLength(500);
  });

  it('keeps its causes, five errors deep', () => {
    let error = new Error('cause 0');
    for (let depth = 1; depth < 9; depth += 1) error = new Error(`cause ${depth}`, { cause: error });
    const messages: string[] = [];
    for (let at: unknown = foreignError(error, asIs); at instanceof Error; at = at.cause) messages.push(at.message);
    expect(messages).toEqual(['cause 8', 'cause 7', 'cause 6', 'cause 5', 'cause 4']);
  });

  it('hides a credential in a cause too', () => {
    const { cause } = foreignError(new Error('no', { cause: new Error('bad pa55word') }), asIs);
    expect(cause).toMatchObject({ message: 'bad [redacted]' });
  });

  it('that holds several shows the first of them', () => {
    const error = new AggregateError([new Error('first'), new Error('second')], 'all failed');
    expect(foreignError(error, asIs).cause).toMatchObject({ message: 'first' });
  });

  it('that is caused by something else has no cause', () => {
    expect(foreignError(new Error('no', { cause: 'pa55word' }), asIs)).not.toHaveProperty('cause');
  });

  it.each(['pa55word', 5, undefined, null, { message: 'pa55word' }])(
    'that is no error is named by its type: %j',
    (thrown) => {
      const { message } = foreignError(thrown, asIs);
      expect(message).toBe(`It threw a value of type ${typeof thrown} instead of an error.`);
    },
  );
});
