import { describe, expect, it } from 'vitest';
import { resume } from '../../src/client/resume.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { clientsAt } from './support/clients.ts';
import { endedFor } from './support/ended-systems.ts';
import { goldens, savedForms } from './support/golden.ts';

describe.each(goldens)('$name', (golden) => {
  const { handle, result } = golden;

  it.each(savedForms(golden))('from %s is the same operation, and nothing is sent', (_, saved) => {
    const { received, fetch } = endedFor(handle);
    const operation = resume(saved, clientsAt(fetch));
    expect(operation).toMatchObject({ kind: handle.kind, id: handle.id, startedAt: new Date(handle.startedAt) });
    expect(JSON.parse(JSON.stringify(operation))).toEqual(handle);
    expect(received).toEqual([]);
  });

  it('is taken by the resume of its own client in every form', () => {
    const client = clientsAt(endedFor(handle).fetch).find(({ kinds }) =>
      [...kinds].some((kind) => kind === handle.kind),
    );
    for (const [form, saved] of savedForms(golden)) {
      expect(JSON.parse(JSON.stringify(client?.resume(saved))), form).toEqual(handle);
    }
  });

  it('polls where the handle says, and ends with the times that the start knew', async () => {
    const { received, fetch } = endedFor(handle);
    const done = await waitForCompletion(resume(golden.text, clientsAt(fetch)));
    const { aftermath, ...told } = JSON.parse(JSON.stringify(done.result));
    expect(told).toEqual(result);
    expect(aftermath).not.toEqual([]);
    expect(done.state).toBe('succeeded');
    expect(done.startedAt).toEqual(new Date(handle.startedAt));
    // The events and the statistics of a session, and lists that tell more about the end, are read beside the status.
    const isStatus = (path: string) =>
      path === handle.path || !/\/(?:events|statistics|getbackuphistory|files\/list|backups)$/i.test(path);
    const polls = received.map(({ url }) => url).filter(({ pathname }) => isStatus(pathname));
    expect(polls.map(({ origin, pathname }) => origin + pathname)).toEqual(
      handle.path === undefined ? [] : [`${handle.baseUrl}${handle.path}`],
    );
  });

  it('still goes on when a later version has added a field', () => {
    const later = { ...handle, region: 'somewhere', limits: { perHour: 3 } };
    expect(resume(later, clientsAt(endedFor(handle).fetch)).id).toBe(handle.id);
  });
});

it('there is one of every kind', () => {
  const kinds = clientsAt(endedFor({ kind: '', id: '' }).fetch).flatMap((client) => [...client.kinds]);
  expect(new Set(goldens.map(({ handle }) => handle.kind))).toEqual(new Set(kinds));
  expect(kinds.length).toBeGreaterThanOrEqual(33);
});
