import { expect, it } from 'vitest';
import { problemsOf, type ReleaseFacts } from '../../scripts/release/problems.ts';

const ready: ReleaseFacts = {
  version: '1.2.0',
  links: ['https://github.com/acme/restorekit#readme', 'git+https://github.com/acme/restorekit.git'],
  changelog: '# Changelog\n\n## 1.2.0\n\n- Something.\n',
  changesets: [],
  changedFiles: [],
  tags: ['v1.1.0'],
  canProveItself: true,
};

it('a release that is ready has no problems', () => {
  expect(problemsOf(ready)).toEqual([]);
});

it.each<[string, Partial<ReleaseFacts>, RegExp]>([
  ['a placeholder in the links', { links: ['https://github.com/OWNER/restorekit'] }, /replace OWNER/],
  [
    'a changeset that was not released',
    { changesets: ['brave-dogs-walk.md'] },
    /brave-dogs-walk\.md.*npm run release:version/,
  ],
  ['a version without notes', { version: '1.3.0' }, /no section ## 1\.3\.0/],
  ['a version of which only the start is noted', { version: '1.2' }, /no section ## 1\.2\./],
  ['files that are not committed', { changedFiles: ['src/index.ts'] }, /not committed: src\/index\.ts/],
  ['a version that was released', { tags: ['v1.1.0', 'v1.2.0'] }, /v1\.2\.0 exists/],
  ['a machine that proves nothing', { canProveItself: false }, /provenance/],
])('%s keeps it from being published', (_, facts, problem) => {
  expect(problemsOf({ ...ready, ...facts })).toEqual([expect.stringMatching(problem)]);
});
