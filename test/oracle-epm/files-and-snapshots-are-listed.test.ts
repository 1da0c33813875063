import { describe, expect, it } from 'vitest';
import { rejection } from '../support/rejection.ts';
import { emulated, html, json, scriptedEnvironment } from './support.ts';

const list = (items: unknown) => scriptedEnvironment([json({ status: 0, details: null, items, links: null })]).epm;

it('files and snapshots come in one list, each with its kind, size and time', async () => {
  const items = [
    { name: 'inbox/sample.csv', type: 'EXTERNAL', size: '18', lastmodifiedtime: '1422534438000' },
    { name: 'Artifact Snapshot', type: 'LCM', size: null, lastmodifiedtime: null },
    { name: 'new.bin', type: 'ARCHIVE' },
    { name: 'untyped' },
  ];
  expect(await list(items).files.list().toArray()).toEqual([
    {
      id: 'inbox/sample.csv',
      name: 'inbox/sample.csv',
      kind: 'file',
      type: 'EXTERNAL',
      sizeBytes: 18,
      modifiedAt: new Date(1422534438000),
    },
    { id: 'Artifact Snapshot', name: 'Artifact Snapshot', kind: 'snapshot', type: 'LCM' },
    { id: 'new.bin', name: 'new.bin', kind: 'other', type: 'ARCHIVE' },
    { id: 'untyped', name: 'untyped', kind: 'other' },
  ]);
});

it.each([
  ['a number', 18, 18],
  ['a text', ' 18 ', 18],
  ['an empty text, which is no 0', '', undefined],
  ['null', null, undefined],
  ['a word', 'big', undefined],
  ['a negative number', '-1', undefined],
  ['half a byte', 1.5, undefined],
  ['more than a number can hold', '81960945213340578123', undefined],
])('a size that is %s', async (_, size, expected) => {
  const [file] = await list([{ name: 'a', type: 'EXTERNAL', size, lastmodifiedtime: size }])
    .files.list()
    .toArray();
  expect(file?.sizeBytes).toBe(expected);
  expect(file?.modifiedAt?.getTime()).toBe(expected);
});

it('snapshots alone', async () => {
  const { epm } = emulated();
  expect((await epm.snapshots.list().toArray()).map(({ name }) => name)).toEqual(['Artifact Snapshot']);
  expect((await epm.files.list().toArray()).map(({ name }) => name)).toEqual(['Artifact Snapshot', 'inbox/today.csv']);
});

it.each([[[]], [null], [undefined]])('an empty list is %j', async (items) => {
  expect(await list(items).files.list().toArray()).toEqual([]);
});

describe('what is no list is an error', () => {
  it('a refusal in a 200, with the text of the vendor (OE-1)', async () => {
    const { epm } = scriptedEnvironment([json({ status: 7, details: 'No access to files', items: null, links: null })]);
    expect(await rejection(epm.files.list().toArray())).toMatchObject({
      name: 'ApiError',
      status: 200,
      errors: [{ message: 'No access to files', code: '7' }],
    });
  });

  it.each([
    ['a page', html()],
    ['the error of a gateway', json({ detail: 'upstream unavailable', status: 503 })],
    ['an item without a name', json({ status: 0, details: null, items: [{ type: 'LCM' }] })],
    ['a list that is still made', json({ status: -1, details: null, items: [] })],
  ])('%s', async (_, answer) => {
    const { epm } = scriptedEnvironment([answer]);
    expect(await rejection(epm.snapshots.list().toArray())).toMatchObject({ name: 'UnexpectedResponseError' });
  });
});
