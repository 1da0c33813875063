import type { SourceState } from './archives.ts';
import type { DocSpaceEnd, DocSpaceScenario } from './scenario.ts';

/** How a restore from this source ends. The 200 of the start does not show it (DS-9). */
export function endOf(
  source: SourceState,
  { scenario, durationMs }: { readonly scenario: DocSpaceScenario; readonly durationMs: number },
): DocSpaceEnd {
  const soon = (error: string): DocSpaceEnd => ({
    truth: 'failed',
    atPercent: 0,
    lingerMs: durationMs * 0.05,
    error,
  });
  switch (source) {
    case 'invalid':
      return { truth: 'failed', atPercent: 10, error: 'The backup file is invalid.' };
    case 'foreign':
      if (scenario.edition === 'standalone') return scenario.end ?? {};
      // The server notices it before the archive counts as downloaded and before the portal is locked.
      return soon('The backup file is invalid. Please use the file created in the same portal.');
    case 'missing':
      return soon('File not found.');
    case 'unknown-storage':
      return soon('Unknown storage type.');
    case 'zero-guid':
      // The text is not documented; .NET throws this if neither branch has set the path.
      return soon('Object reference not set to an instance of an object.');
    case 'without-module':
      // The text is not documented; .NET throws this for a missing key.
      return soon("The given key 'module' was not present in the dictionary.");
    case 'not-uploaded':
      return { truth: 'never', atPercent: 0 };
    case 'good':
      return scenario.end ?? {};
  }
}
