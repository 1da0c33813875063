/** What is known about the work tree and the machine before a release. */
export interface ReleaseFacts {
  readonly version: string;
  /** The texts of `homepage`, `repository` and `bugs` in package.json. */
  readonly links: readonly string[];
  readonly changelog: string;
  /** Names of the changesets that have not been released. */
  readonly changesets: readonly string[];
  /** Files that differ from the last commit. */
  readonly changedFiles: readonly string[];
  readonly tags: readonly string[];
  /** Whether this is a CI that can prove to the registry where it runs. */
  readonly canProveItself: boolean;
}

/** Why the package must not be published; none if it may be. */
export function problemsOf(facts: ReleaseFacts): string[] {
  const { version, changesets, changedFiles } = facts;
  const isNoted = new RegExp(`^## ${version.replaceAll('.', '\\.')}$`, 'm').test(facts.changelog);
  const checks: readonly (readonly [boolean, string])[] = [
    [facts.links.every((link) => !link.includes('OWNER')), 'package.json names no owner: replace OWNER in its links.'],
    [
      changesets.length === 0,
      `These changes are not in CHANGELOG.md: ${changesets.join(', ')}. Run npm run release:version, and commit.`,
    ],
    [isNoted, `CHANGELOG.md has no section ## ${version}.`],
    [changedFiles.length === 0, `These files are not committed: ${changedFiles.join(', ')}.`],
    [!facts.tags.includes(`v${version}`), `The tag v${version} exists: this version was released.`],
    [
      facts.canProveItself,
      'Only a CI can publish with provenance: GitHub Actions with `id-token: write`, or GitLab CI with SIGSTORE_ID_TOKEN.',
    ],
  ];
  return checks.flatMap(([isGood, problem]) => (isGood ? [] : [problem]));
}
