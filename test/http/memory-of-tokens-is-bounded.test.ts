import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/http/redactor.ts';

describe('the memory of tokens', () => {
  it('is bounded however many are issued, and keeps what was configured', () => {
    const redactor = new Redactor();
    redactor.add('configured-password');
    for (let index = 0; index < 1_000; index += 1) redactor.add(`issued-token-${index}-`, 'issued');
    expect(redactor.text('configured-password issued-token-999- issued-token-990-')).toBe(
      '[redacted] [redacted] [redacted]',
    );
    expect(redactor.text('issued-token-1-')).toBe('issued-token-1-');
  });
});
