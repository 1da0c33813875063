import { describe, expect, it } from 'vitest';
import { OperationFailedError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import { type DocSpaceScenarioName, docspaceScenarios } from '../../src/testing/docspace/scenarios.ts';
import { BACKUP, DUMP, portalWith } from './support.ts';

const errorOf = async (scenario: DocSpaceScenario | DocSpaceScenarioName, dump = false) => {
  const { docspace } = portalWith(scenario);
  const input = dump ? { backupId: DUMP, dump } : { backupId: BACKUP };
  const operation = await docspace.portal.restore(input);
  const error = await waitForCompletion(operation).catch((thrown: unknown) => thrown);
  if (OperationFailedError.isInstance(error)) return error;
  throw new Error(`expected a failure, got ${String(error)}`);
};

it.each([
  ['failure-with-status-completed', 'The backup file is invalid.'],
  ['foreign-archive-fails-late', 'Please use the file created in the same portal.'],
  ['custom-cloud-fails-late', 'Unknown storage type.'],
  ['completed-at-62-percent-without-error', 'It ended at 62 % and gave no reason.'],
] as const)('%s fails in the words of the portal', async (name, words) => {
  const error = await errorOf(name);
  expect(error.state).toBe('failed');
  expect(error.message).toContain(words);
});

describe('a canceled restore', () => {
  const scenario = docspaceScenarios['canceled-by-a-stopped-worker'];

  it('of a portal says that the portal is as it was', async () => {
    const error = await errorOf(scenario);
    expect(error.state).toBe('canceled');
    expect(error.message).toMatch(/server stopped the restore .* the portal should be as it was before/);
  });

  it('of a server says that it may be restored by halves', async () => {
    const error = await errorOf({ ...scenario, edition: 'standalone' }, true);
    expect(error.message).toMatch(/server stopped the restore .* partly restored/);
  });
});
