import { describe, expect, it } from 'vitest';
import { resume } from '../../src/client/resume.ts';
import { handleToText, waitForCompletion } from '../../src/operation/index.ts';
import { clientsAt } from './support/clients.ts';
import { endedFor } from './support/ended-systems.ts';
import { freshStarts } from './support/fresh-starts.ts';
import { goldens } from './support/golden.ts';

describe.each(goldens)('$name', ({ name, handle, text }) => {
  const start = () => {
    const fresh = freshStarts[name];
    if (!fresh) throw new Error(`Nobody starts ${name} afresh.`);
    return fresh();
  };

  it('is what a start of today writes, field by field', async () => {
    const written = (await start()).toJSON();
    const { path, sessionId } = written;
    // Ids are the vendor's. A restore of Veeam v8 is the session that it runs in.
    const sameId = {
      ...written,
      id: handle.id,
      ...(sessionId === written.id ? { sessionId: handle.id } : {}),
      ...(path === undefined
        ? {}
        : { path: path.replace(encodeURIComponent(written.id), encodeURIComponent(handle.id)) }),
    };
    expect(JSON.parse(JSON.stringify(sameId))).toEqual(handle);
  });

  it('has the text form of today', () => {
    expect(handleToText(handle)).toBe(text);
  });

  it('ends in the same result as an operation that never left its process', async () => {
    const stayed = await waitForCompletion(await start());
    const resumed = await waitForCompletion(resume(text, clientsAt(endedFor(handle).fetch)));
    expect(resumed.result).toEqual(stayed.result);
  });
});

it('each golden file has a start of today, and each start its golden file', () => {
  expect(goldens.map(({ name }) => name).sort()).toEqual(Object.keys(freshStarts).sort());
});
