import { parseArgs } from 'node:util';

export const HELP = `Runs restores side by side, shows their progress, and reports how they really ended.

Usage: npm run drill -- [options]

  (no option)          restores six emulated systems on this machine; nothing real is touched
  --target <file>      restores the real systems in a file; see examples/drill/README.md
  --yes-overwrite      needed with --target, because each restore overwrites data
  --json               prints one JSON document on standard output, and progress on standard error
  --help               prints this

Exit codes: 0 all restores succeeded; 1 one of them did not, or its end is not known; 2 wrong options or a wrong file,
nothing was sent; 130 interrupted by Ctrl-C, the restores go on.
`;

export interface DrillOptions {
  readonly target: string | undefined;
  readonly json: boolean;
  readonly yesOverwrite: boolean;
  readonly help: boolean;
}

/** A wrong option or a wrong file: nothing was sent. */
export class UsageError extends Error {}

/** @throws {UsageError} an option does not exist or does not fit */
export function parseOptions(args: readonly string[]): DrillOptions {
  const { values } = parse(args);
  const target = values.target;
  const yesOverwrite = values['yes-overwrite'] ?? false;
  if (target === '') throw new UsageError('--target needs the path of a file.');
  if (yesOverwrite && target === undefined) throw new UsageError('--yes-overwrite needs --target.');
  return { target, json: values.json ?? false, yesOverwrite, help: values.help ?? false };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        target: { type: 'string' },
        json: { type: 'boolean' },
        'yes-overwrite': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
