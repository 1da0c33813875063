import { describe, expect, it } from 'vitest';
import { PartialRestoreError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { RestoreFlags } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, emulated, JOB_PATH, json, scriptedEnvironment, started } from './support.ts';

const ENVIRONMENT = 'Restoring Environment Backup';
const USERS = 'Importing users and predefined roles';
const FILES = 'Uploading stored snapshots and files';
const SCHEDULE = 'Setting daily maintenance start time to that of the backup';

const CLAIMS = {
  environment: /^The application and its data are/,
  users: /^Users and their predefined roles were restored/,
  files: /^Inbox, outbox and stored snapshots are those/,
  schedule: /^The daily maintenance start time was set/,
};
const ALL: RestoreFlags = {
  usersAndPreDefinedRoles: true,
  dailyMaintenanceStartTime: true,
  storedSnapshotsAndFiles: true,
};
const NONE: RestoreFlags = {
  usersAndPreDefinedRoles: false,
  dailyMaintenanceStartTime: false,
  storedSnapshotsAndFiles: false,
};

function endingWith(steps: unknown): Response {
  return json({ details: 'Done', status: 0, items: null, links: null, intermittentStatus: steps });
}

async function restored(flags: Partial<RestoreFlags>, steps: unknown) {
  const { epm } = scriptedEnvironment([started(JOB_PATH), endingWith(steps)]);
  const operation = await epm.environment.restore({ backupName: BACKUP, ...flags });
  return told(await waitForCompletion(operation, { accept: 'partial' }));
}

function told({ state, result, warnings }: Awaited<ReturnType<typeof waitForCompletion<EpmResult>>>) {
  const claimed = Object.entries(CLAIMS).flatMap(([name, claim]) =>
    result.aftermath.some((sentence) => claim.test(sentence)) ? [name] : [],
  );
  return { state, result, claimed, codes: warnings.map(({ code }) => code).sort() };
}

interface EpmResult {
  readonly dataAsOf?: Date;
  readonly aftermath: readonly string[];
}

const steps = (users: string, files: string, schedule: string, environment = 'Success') => [
  { [ENVIRONMENT]: environment },
  { [USERS]: users },
  { [FILES]: files },
  { [SCHEDULE]: schedule },
];

describe('under status 0, with all flags asked for', () => {
  it.each([
    ['every step a success', steps('Success', 'Success', 'Success'), Object.keys(CLAIMS), [], 'succeeded'],
    [
      'NA',
      steps('NA', 'Success', 'Success'),
      ['environment', 'files', 'schedule'],
      ['requested-step-not-done'],
      'succeeded',
    ],
    [
      'an unknown word',
      steps('Success', 'Teilweise', 'Success'),
      ['environment', 'users', 'schedule'],
      ['odd-step'],
      'succeeded',
    ],
    [
      'a failed step',
      steps('Success', 'Success', 'Failed'),
      ['environment', 'users', 'files'],
      ['failed-step'],
      'partial',
    ],
    [
      'three failed steps',
      steps('Failed', 'Failed', 'Failed'),
      ['environment'],
      ['failed-step', 'failed-step', 'failed-step'],
      'partial',
    ],
    [
      'all in one object',
      [{ [ENVIRONMENT]: 'Success', [USERS]: 'NA', [FILES]: 'Success', [SCHEDULE]: 'Success' }],
      ['environment', 'files', 'schedule'],
      ['requested-step-not-done'],
      'succeeded',
    ],
    [
      'a step in two states',
      [...steps('Success', 'Success', 'Success'), { [USERS]: 'In Progress' }],
      ['environment', 'files', 'schedule'],
      ['odd-step'],
      'succeeded',
    ],
    [
      'one step missing',
      steps('Success', 'Success', 'Success').slice(0, 3),
      ['environment', 'users', 'files'],
      ['not-confirmed'],
      'succeeded',
    ],
  ])('%s', async (_, ended, claimed, codes, state) => {
    expect(await restored(ALL, ended)).toMatchObject({ state, claimed, codes });
  });

  it.each([[null], [undefined], [[]], ['Success'], [[{}]]])(
    'no steps (%j): asked for, and not confirmed',
    async (ended) => {
      const { claimed, codes, result, state } = await restored(ALL, ended);
      expect({ claimed, codes, state }).toEqual({
        claimed: ['environment'],
        codes: ['not-confirmed', 'not-confirmed', 'not-confirmed'],
        state: 'succeeded',
      });
      expect(result.aftermath.filter((sentence) => /was asked for, but no step confirms/.test(sentence))).toHaveLength(
        3,
      );
    },
  );
});

describe('the environment itself', () => {
  it.each([
    ['failed', 'Failed', ['failed-step'], 'partial'],
    ['was not applicable', 'NA', ['requested-step-not-done'], 'partial'],
    ['is still running under status 0', 'In Progress', ['odd-step'], 'succeeded'],
  ])('%s: its data is not claimed to be that of the backup', async (_, word, codes, state) => {
    const told = await restored(NONE, steps('NA', 'NA', 'NA', word));
    expect(told).toMatchObject({ state, claimed: [], codes });
    expect(told.result.dataAsOf).toBeUndefined();
    expect(told.result.aftermath.join()).not.toMatch(/are those of the backup/);
  });
});

it('a step that was done and not asked for is reported', async () => {
  expect(await restored(NONE, steps('NA', 'NA', 'Success'))).toMatchObject({
    claimed: ['environment', 'schedule'],
    codes: ['unrequested-step-done'],
  });
});

describe('labels in another language', () => {
  const foreign = (...words: string[]) => words.map((word, index) => ({ [`Schritt ${index + 1}`]: word }));

  it('confirm all where all succeeded', async () => {
    const told = await restored(ALL, foreign('Success', 'Success', 'Success', 'Success'));
    expect(told).toMatchObject({ state: 'succeeded', claimed: Object.keys(CLAIMS), codes: [] });
  });

  it('confirm what was asked for where as many steps succeeded', async () => {
    const told = await restored({ ...NONE, storedSnapshotsAndFiles: true }, foreign('Success', 'NA', 'Success', 'NA'));
    expect(told).toMatchObject({ state: 'succeeded', claimed: ['environment', 'files'], codes: [] });
  });

  it('confirm nothing where one that was asked for was not done: which one is not known', async () => {
    const told = await restored(ALL, foreign('Success', 'NA', 'Success', 'Success'));
    expect(told.claimed).toEqual(['environment']);
    expect(told.codes).toEqual(['not-confirmed', 'not-confirmed', 'not-confirmed']);
  });

  it('with a failure among them confirm nothing', async () => {
    const told = await restored(ALL, foreign('Failed', 'Success', 'Success', 'Success'));
    expect(told).toMatchObject({ state: 'partial', claimed: [] });
  });
});

it('a restore that somebody else started: the steps tell, and where there are none, nothing is claimed', async () => {
  const { epm } = scriptedEnvironment([endingWith(steps('NA', 'Success', 'Success'))]);
  expect(told(await waitForCompletion(epm.attach({ id: '1' })))).toMatchObject({
    claimed: ['environment', 'files', 'schedule'],
    codes: [],
  });
  const without = scriptedEnvironment([endingWith(null)]);
  const { result, claimed } = told(await waitForCompletion(without.epm.attach({ id: '1' })));
  expect(claimed).toEqual(['environment']);
  expect(result.aftermath.filter((sentence) => /flags of this restore are not known/.test(sentence))).toHaveLength(3);
});

it.each(['failed-step-under-status-0', 'all-steps-failed-under-status-0'] as const)(
  '%s: a wait throws, unless partial is accepted',
  async (scenario) => {
    const { epm } = emulated({ scenario });
    const error = await rejection(waitForCompletion(await epm.environment.restore({ backupName: BACKUP, ...ALL })));
    expect(error).toBeInstanceOf(PartialRestoreError);
    expect((error as PartialRestoreError<EpmResult>).message).toMatch(/./);
  },
);
