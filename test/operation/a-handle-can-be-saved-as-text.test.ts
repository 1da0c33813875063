import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleFromText } from '../../src/operation/handle-text.ts';
import { handleToText } from '../../src/operation/index.ts';
import { running, scriptedOperation } from '../support/scripted-operation.ts';

describe('the text form of a handle', () => {
  const handle = scriptedOperation(() => running, {
    note: 'Grüße, "7" $(rm) `x`',
    baseUrl: 'https://a.example',
  }).operation.toJSON();

  it('is one word that a shell, a chat and a CI variable leave alone', () => {
    expect(handleToText(handle)).toMatch(/^rk1_[A-Za-z0-9_-]+$/);
  });

  it('reads back the same', () => {
    expect(handleFromText(handleToText(handle))).toEqual(handle);
    expect(handleFromText(`  ${handleToText(handle)}\n`)).toEqual(handle);
    expect(handleFromText(JSON.stringify(handle))).toEqual(handle);
  });

  it('notices every cut and every changed character', () => {
    const text = handleToText(handle);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.constantFrom('a', 'Z', '0', '_'), (index, char) => {
        expect(() => handleFromText(text.slice(0, index))).toThrow(/handle\.text/);
        if (text[index] === char) return;
        expect(() => handleFromText(text.slice(0, index) + char + text.slice(index + 1))).toThrow(/handle\.text/);
      }),
    );
  });
});
