import { describe, expect, it } from 'vitest';
import { HELP, parseOptions, UsageError } from '../../examples/drill/options.ts';

describe('options of the drill', () => {
  it('are all off unless they are given', () => {
    expect(parseOptions([])).toEqual({ target: undefined, json: false, yesOverwrite: false, help: false });
  });

  it('are read', () => {
    const options = parseOptions(['--json', '--target', 'targets.json', '--yes-overwrite']);
    expect(options).toEqual({ target: 'targets.json', json: true, yesOverwrite: true, help: false });
  });

  it.each([[['--jsn']], [['targets.json']], [['--target']], [['--target=']], [['--json=yes']], [['--yes-overwrite']]])(
    '%j is refused',
    (args) => {
      expect(() => parseOptions(args)).toThrow(UsageError);
    },
  );

  it('are all in the help', () => {
    for (const name of ['--target', '--json', '--yes-overwrite', '--help']) expect(HELP).toContain(name);
  });
});
