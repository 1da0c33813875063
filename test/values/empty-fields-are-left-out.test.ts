import { expect, expectTypeOf, it } from 'vitest';
import { omitEmpty } from '../../src/values/omit-empty.ts';
import { omitUndefined } from '../../src/values/omit-undefined.ts';

it('omitUndefined leaves out undefined fields only, in the order of the others', () => {
  const date = new Date(0);
  const fields = { b: 0, gone: undefined, a: '', no: false, none: null, date };
  expect(Object.entries(omitUndefined(fields))).toEqual([
    ['b', 0],
    ['a', ''],
    ['no', false],
    ['none', null],
    ['date', date],
  ]);
});

it('omitUndefined does not change its argument and takes own fields only', () => {
  const fields = Object.assign(Object.create({ inherited: 1 }), { own: 1, gone: undefined });
  expect(omitUndefined(fields)).toEqual({ own: 1 });
  expect(Object.keys(fields)).toEqual(['own', 'gone']);
});

it('a field that may be undefined is optional in the type, and the others are not', () => {
  const note = 'CHANGE-4711' as string | undefined;
  expectTypeOf(omitUndefined({ id: 'a', note })).toExtend<{ id: string; note?: string }>();
  expectTypeOf(omitUndefined({ id: 'a' as string | undefined })).not.toExtend<{ id: string }>();
});

it('omitEmpty leaves out null and empty texts too', () => {
  expect(omitEmpty({ name: '', owner: null, gone: undefined, zero: 0, no: false, id: 'a' })).toEqual({
    zero: 0,
    no: false,
    id: 'a',
  });
});
