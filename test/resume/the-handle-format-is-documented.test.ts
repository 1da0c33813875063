import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listedSystems } from '../support/systems.ts';
import { goldens } from './support/golden.ts';

const page = readFileSync(`${import.meta.dirname}/../../docs/handles.md`, 'utf8');
const [common = '', ...kinds] = (page.split('## Fields of every handle')[1] ?? '').split('\n### ');

/** Names of the fields that the table of a section lists. */
const fieldsIn = (section: string) => [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field);

describe('docs/handles.md', () => {
  it.each(goldens)('lists every field of $name', ({ handle }) => {
    const own = kinds.find((section) => section.split('\n')[0]?.includes(`\`${handle.kind}\``));
    expect(own, handle.kind).toBeDefined();
    const listed = [...fieldsIn(common), ...fieldsIn(own ?? '')];
    expect(listed).toEqual(expect.arrayContaining(Object.keys(handle)));
  });

  it('lists the kinds that there are, and no others', () => {
    const listed = kinds.flatMap((section) => [...(section.split('\n')[0] ?? '').matchAll(/`([^`]+)`/g)]);
    const kindsOfClients = listedSystems.flatMap(({ sampleCalls }) =>
      Object.values(sampleCalls).flatMap(({ connect, withoutLogin }) => {
        return connect({ baseUrl: 'https://system.example.org', auth: withoutLogin('the-token-0123') }).client.kinds;
      }),
    );
    expect(listed.map(([, kind]) => kind).sort()).toEqual([...kindsOfClients].sort());
  });

  it.each(goldens)('shows a reader of the one-line form that reads $name', ({ handle, text }) => {
    const read = readerOfThePage();
    expect(read(text)).toEqual(handle);
    expect(() => read(text.slice(0, -1))).toThrow('cut or changed');
    expect(() => read(text.slice(1))).toThrow('no handle');
  });
});

function readerOfThePage(): (text: string) => unknown {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  return new Function(`${code}\nreturn readHandleText;`)();
}
