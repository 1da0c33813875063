import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDate } from '../../src/client/dates.ts';

describe('a date is taken', () => {
  it.each([
    ['2026-04-23T08:48:06Z', '2026-04-23T08:48:06.000Z'],
    [' 2026-04-23T08:48:06.5z ', '2026-04-23T08:48:06.500Z'],
    ['2026-04-23T08:48Z', '2026-04-23T08:48:00.000Z'],
    ['2026-04-23T10:48:06+02:00', '2026-04-23T08:48:06.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(toDate('when', text).toISOString()).toBe(expected);
  });

  it('as a Date', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(toDate('when', date).getTime()).toBe(date.getTime());
      }),
    );
  });
});

it.each([
  '2026-04-23T08:48:06',
  '2026-04-23',
  '2026-04-23 08:48:06Z',
  'yesterday',
  '',
  '1776934086',
  'Thu, 23 Apr 2026 08:48:06 GMT',
  '2026-02-30T00:00:00Z',
  '2027-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-00-10T00:00:00Z',
  '2026-13-10T00:00:00Z',
  '2026-04-00T00:00:00Z',
  '2026-04-23T25:00:00Z',
  '2026-04-23T08:61:00Z',
  1_776_934_086,
  new Date(Number.NaN),
  null,
  undefined,
  {},
  [],
])('%s is not', (value) => {
  expect(() => toDate('when', value)).toThrowError(
    expect.objectContaining({ name: 'ConfigurationError', field: 'when' }),
  );
});
