import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import type { Mailbox, MailboxRestoreResult } from '../../src/veeam-m365/index.ts';
import { caught, endOf, MAILBOX, oneSession, resultOf, SESSION, scripted, sessionBody } from './support.ts';

function answering(body: unknown, asked: readonly Mailbox[] = [{ id: MAILBOX }]) {
  const { veeam, asked: requests } = scripted(
    'v6',
    oneSession({
      session: () => sessionBody(),
      other: () => (body instanceof Response ? body : Response.json(body)),
    }),
  );
  const { mailboxes } = veeam.attach({ id: SESSION });
  return {
    restore: () => endOf(mailboxes.restore(MAILBOX)),
    restoreMany: () => endOf(mailboxes.restoreMany(asked)),
    posts: () => requests.filter(({ method }) => method === 'POST').length,
  };
}

const clean = { createdItemsCount: 48, mergedItemsCount: 4, failedItemsCount: 0, skippedItemsCount: 1210 };
const zero = { createdItemsCount: 0, mergedItemsCount: 0, failedItemsCount: 0, skippedItemsCount: 0 };

/** The state, and what the result tells. */
type Expected = Partial<Omit<MailboxRestoreResult, 'mailboxes'>> & {
  readonly state: string;
  readonly warnings?: readonly unknown[];
};

function check(status: Awaited<ReturnType<typeof endOf>>, { state, warnings, ...told }: Expected) {
  expect(status.state).toBe(state);
  if (warnings) expect(status.warnings).toMatchObject(warnings);
  expect(resultOf(status)).toMatchObject(told);
}

/** The named answers of the API's description, and what section by section follows from their counters. */
const VECTORS: readonly [string, unknown, Expected, string[]][] = [
  [
    'all restored',
    { ...clean, failedFoldersCount: 0, exceptions: [], warnings: [] },
    { state: 'succeeded', created: 48, merged: 4, skipped: 1210, failed: 0, errors: [] },
    [],
  ],
  ['a warning', { ...clean, warnings: ['Odd.'] }, { state: 'succeeded', warnings: [{ message: 'Odd.' }] }, []],
  [
    'some failed',
    { ...clean, failedItemsCount: 8, exceptions: ['No.'] },
    { state: 'partial', failed: 8, errors: ['No.'] },
    [],
  ],
  ['a folder failed', { ...clean, failedFoldersCount: 1 }, { state: 'partial', failedFolders: 1 }, []],
  ['all failed (VM-13)', { ...zero, failedItemsCount: 52 }, { state: 'failed', failed: 52 }, []],
  ['broken off', { ...zero, cannotContinueError: 'No access.' }, { state: 'failed', errors: ['No access.'] }, []],
  ['broken off half way', { ...clean, cannotContinueError: 'No access.' }, { state: 'failed', created: 48 }, []],
  ['a blank cannotContinueError', { ...clean, cannotContinueError: ' ' }, { state: 'succeeded', errors: [] }, []],
  ['only exceptions', { ...clean, exceptions: ['No.'] }, { state: 'partial', errors: ['No.'] }, []],
  ['zero of everything (VM-9)', zero, { state: 'succeeded' }, ['nothing-restored']],
  ['nothing had changed', { ...zero, skippedItemsCount: 9 }, { state: 'succeeded' }, []],
  ['only some counters', { createdItemsCount: 3 }, { state: 'succeeded', created: 3, failed: 0 }, []],
  ['only a failed counter', { failedItemsCount: 3 }, { state: 'failed', failed: 3 }, []],
  ['null counters', { createdItemsCount: 3, failedItemsCount: null, warnings: null }, { state: 'succeeded' }, []],
  [
    'counters as text',
    { createdItemsCount: '3', failedItemsCount: '2' },
    { state: 'partial', created: 3, failed: 2 },
    [],
  ],
];

describe('the restore of a mailbox, answered by 200', () => {
  it.each(VECTORS)('with %s', async (_, body, expected, codes) => {
    const status = await answering(body).restore();

    check(status, expected);
    expect(status.warnings.flatMap(({ code }) => code ?? [])).toEqual(codes);
  });

  it.each<[string, unknown]>([
    ['nothing', new Response(null, { status: 200 })],
    ['an empty object (VM-14)', {}],
    ['no counter', { warnings: ['Odd.'] }],
    ['the word Running', { status: 'Running' }],
    ['a page for people', new Response('<html></html>', { status: 200 })],
    ['a list', []],
    ['a text', '"done"'],
    ['the id of a session that can be no id', { sessionId: '..' }],
    ['a counter that is none', { createdItemsCount: 3, failedItemsCount: '' }],
    ['a counter below zero', { createdItemsCount: -1 }],
  ])('and %s is not known to have ended', async (_, body) => {
    const { restore, posts } = answering(body);

    expect(await caught(restore())).toBeInstanceOf(StartOutcomeUnknownError);
    expect(posts()).toBe(1);
  });

  it('keeps the answer of the vendor, out of sight', async () => {
    const body = { ...clean, somethingNew: 'yes' };
    const status = await answering(body).restore();

    expect(status.raw).toEqual(body);
    expect(JSON.stringify(status) + inspect(status)).not.toContain('somethingNew');
  });
});

const mailbox = { id: MAILBOX, name: 'A', email: 'a@abc.onmicrosoft.com' };
const detail = (more: object) => ({ mailbox, status: 'Success', error: null, details: clean, ...more });

const BULK: readonly [string, unknown, Expected][] = [
  [
    'Success',
    { status: 'Success', error: null, details: [detail({}), detail({})] },
    { state: 'succeeded', created: 96, errors: [] },
  ],
  [
    'Warning, and one of two failed',
    {
      status: 'Warning',
      details: [detail({}), detail({ status: 'Failed', error: 'No.', details: { ...zero, failedItemsCount: 3 } })],
    },
    { state: 'partial', failed: 3, errors: ['A: No.'] },
  ],
  [
    'Warning, and no failure',
    { status: 'Warning', details: [detail({ details: { ...clean, warnings: ['Odd.'] } })] },
    { state: 'succeeded', warnings: [{ message: 'A: Odd.' }] },
  ],
  [
    'Warning alone',
    { status: 'Warning', details: [detail({})] },
    { state: 'succeeded', warnings: [{ message: expect.stringContaining('Warning') }] },
  ],
  ['Failed', { status: 'Failed', error: 'No.', details: [] }, { state: 'failed', errors: ['No.'] }],
  [
    'Success over failed items',
    { status: 'Success', details: [detail({ details: { ...clean, failedItemsCount: 1 } })] },
    { state: 'partial' },
  ],
  [
    'Success over nothing but failed items',
    { status: 'Success', details: [detail({ details: { ...zero, failedItemsCount: 1 } })] },
    { state: 'failed' },
  ],
  [
    'a detail that failed without a counter',
    { status: 'Warning', details: [detail({ status: 'Failed', details: {} }), detail({})] },
    { state: 'partial' },
  ],
  ['zero of everything', { status: 'Success', details: [detail({ details: zero })] }, { state: 'succeeded' }],
  ['no word, and details', { details: [detail({})] }, { state: 'succeeded' }],
];

describe('the restore of several mailboxes, answered by 200', () => {
  it.each(BULK)('with %s', async (_, body, expected) => {
    check(await answering(body).restoreMany(), expected);
  });

  it.each<[string, unknown]>([
    ['an empty object', {}],
    ['a word that is not known', { status: 'Maybe' }],
    ['the word Running', { status: 'Running' }],
    ['the word Running over details', { status: 'Running', details: [detail({})] }],
    ['Success without details', { status: 'Success', details: [] }],
    ['Success alone', { status: 'Success' }],
    ['Warning without details', { status: 'Warning', details: [] }],
    ['a detail that runs', { status: 'Success', details: [detail({ status: 'Running' })] }],
    ['a detail that says nothing', { status: 'Success', details: [{ mailbox }] }],
    ['details of another mailbox', { status: 'Success', details: [detail({ mailbox: { ...mailbox, id: 'other' } })] }],
    ['details that are none', { status: 'Success', details: ['x'] }],
  ])('and %s is not known to have ended', async (_, body) => {
    expect(await caught(answering(body).restoreMany())).toBeInstanceOf(StartOutcomeUnknownError);
  });

  it('that lists fewer than were asked for is no success, and names the missing ones', async () => {
    const missing = { id: MAILBOX.replace(/1$/, '2'), name: 'B' };
    const { restoreMany } = answering({ status: 'Success', details: [detail({})] }, [mailbox, missing]);

    check(await restoreMany(), {
      state: 'partial',
      missingMailboxes: [missing],
      errors: [expect.stringMatching(/^B: The answer does not list it/)],
    });
  });

  it('that lists others is compared by id, without case', async () => {
    const upper = { ...mailbox, id: MAILBOX.toUpperCase() };
    const other = { id: 'other', name: 'C' };
    const { restoreMany } = answering({ status: 'Success', details: [detail({}), detail({ mailbox: other })] }, [
      upper,
    ]);

    const status = await restoreMany();
    check(status, { state: 'succeeded', warnings: [{ code: 'unrequested-mailbox' }] });
    expect(resultOf(status)).not.toHaveProperty('missingMailboxes');
  });

  it('keeps the Warning of one mailbox', async () => {
    const status = await answering({ status: 'Success', details: [detail({ status: 'Warning' })] }).restoreMany();

    check(status, { state: 'succeeded', warnings: [{ message: expect.stringContaining('A: ') }] });
    expect(resultOf(status).mailboxes).toMatchObject([{ warnings: [expect.stringContaining('Warning')] }]);
  });

  it('lists each mailbox as an item', async () => {
    const result = resultOf(await answering({ status: 'Success', details: [detail({})] }).restoreMany());

    expect(result.mailboxes).toEqual([
      {
        mailbox,
        id: mailbox.id,
        name: mailbox.name,
        type: 'ExchangeMailbox',
        state: 'succeeded',
        restored: 52,
        created: 48,
        merged: 4,
        skipped: 1210,
        failed: 0,
        failedFolders: 0,
        warnings: [],
        errors: [],
      },
    ]);
    expect(result.items).toEqual(result.mailboxes);
    expect(result).toMatchObject({ restored: 52, issues: [] });
  });

  it('names the item of each issue, and lists the errors again as texts', async () => {
    const body = { status: 'Warning', error: 'Whole.', details: [detail({ status: 'Failed', error: 'Part.' })] };
    const result = resultOf(await answering(body).restoreMany());

    expect(result.issues).toMatchObject([
      { severity: 'error', message: 'Whole.' },
      { severity: 'error', message: 'Part.', item: { id: mailbox.id, type: 'ExchangeMailbox' } },
    ]);
    expect(result.errors).toEqual(['Whole.', `${mailbox.name}: Part.`]);
  });
});
