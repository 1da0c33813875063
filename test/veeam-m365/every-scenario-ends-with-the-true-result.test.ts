import { describe, expect, it } from 'vitest';
import {
  ApiError,
  AuthenticationError,
  OperationFailedError,
  OutcomeUnknownError,
  StartOutcomeUnknownError,
  UnexpectedResponseError,
} from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { VeeamM365Scenario, VeeamVersion } from '../../src/testing/veeam-m365/scenario.ts';
import { type VeeamM365ScenarioName, veeamM365Scenarios } from '../../src/testing/veeam-m365/scenarios.ts';
import type { MailboxRestore, RestoreSession } from '../../src/veeam-m365/index.ts';
import { BASE_URL, MAILBOX, SWEPT, serverWith } from './support.ts';

/** Sessions whose end nobody can see, or that have none. */
const UNSEEN: readonly VeeamM365ScenarioName[] = [
  'forgotten-when-ended',
  'stop-never-stops',
  'stopped-with-result-null',
  'stopped-without-result',
  'stopped-with-a-new-word',
];
/** Restores whose answer says nothing, or is lost with all that its session knew. */
const UNANSWERED = (version: VeeamVersion, name: VeeamM365ScenarioName) =>
  name === 'forgotten-when-ended' || (name === 'counters-absent' && version !== 'v8');

/** A session that says Success is as good as the restore inside it. */
function combined(version: VeeamVersion, session: string | undefined, restore: string | undefined): string | undefined {
  // Since v8 a restore is not inside the session that it was started from.
  return version !== 'v8' && session === 'succeeded' && restore !== undefined ? restore : session;
}

const ENDS_BY_ITSELF = (scenario: VeeamM365Scenario) => scenario.durationMs !== undefined;

async function opened(start: Promise<RestoreSession>): Promise<RestoreSession | 'not-started' | 'refused'> {
  try {
    return await start;
  } catch (error) {
    if (AuthenticationError.isInstance(error) || UnexpectedResponseError.isInstance(error)) return 'refused';
    if (!StartOutcomeUnknownError.isInstance(error)) throw error;
    const told = await error.reconcile();
    if (told.outcome === 'started') return told.operation as RestoreSession;
    expect(told).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
    return 'not-started';
  }
}

async function reconciled(error: unknown): Promise<MailboxRestore> {
  if (!StartOutcomeUnknownError.isInstance(error)) throw error;
  const told = await error.reconcile();
  if (told.outcome !== 'started') throw error;
  return told.operation as MailboxRestore;
}

async function restored(session: RestoreSession): Promise<string> {
  try {
    const restore = await session.mailboxes.restore(MAILBOX).catch(reconciled);
    return (await waitForCompletion(restore, { accept: 'partial' })).state;
  } catch (error) {
    if (OperationFailedError.isInstance(error)) return error.state;
    if (OutcomeUnknownError.isInstance(error)) return 'unknown';
    if (ApiError.isInstance(error)) return 'refused';
    throw error;
  }
}

async function ended(session: RestoreSession): Promise<string> {
  try {
    return (await waitForCompletion(session, { accept: 'partial' })).state;
  } catch (error) {
    if (OperationFailedError.isInstance(error)) return error.state;
    if (OutcomeUnknownError.isInstance(error)) return 'unknown';
    throw error;
  }
}

const all = Object.keys(veeamM365Scenarios) as VeeamM365ScenarioName[];

describe.each(SWEPT.flatMap((version) => all.map((name) => [version, name] as const)))('%s: %s', (version, name) => {
  it('ends with the true result', async () => {
    const scenario: VeeamM365Scenario = veeamM365Scenarios[name];
    const { emulator, open, restores, starts } = serverWith(version, name);
    const isServed = scenario.versions?.includes(version) ?? true;

    const session = await opened(open());
    if (typeof session === 'string') {
      const isRefusal = !isServed || name === 'login-echoed';
      expect(session).toBe(isRefusal ? 'refused' : 'not-started');
      expect(emulator.restores).toEqual([]);
      return;
    }
    await waitForCompletion(session, { until: 'ready' });
    const outcome = await restored(session);
    if (!ENDS_BY_ITSELF(scenario)) await session.stop({ evenWhileRestoring: true }).catch(() => undefined);
    const end = await ended(session);

    const [restore, ...moreRestores] = emulator.mailboxRestores;
    const expected = restore?.truth ?? (name === 'pages-for-people' ? 'unknown' : 'refused');
    expect(outcome).toBe(UNANSWERED(version, name) ? 'unknown' : expected);
    expect(moreRestores).toEqual([]);
    expect(restores()).toHaveLength(1);
    const [opening, ...moreSessions] = emulator.restores;
    expect(end).toBe(UNSEEN.includes(name) ? 'unknown' : combined(version, opening?.truth, restore?.truth));
    expect(moreSessions).toEqual([]);
    expect(starts()).toHaveLength(1);
    expect(emulator.requests.filter(({ url }) => new URL(url).origin !== BASE_URL)).toEqual([]);
    if (name !== 'stop-never-stops') expect(emulator.openSessions).toEqual([]);
  });
});
