import { timeOfBackup } from './backup-name.ts';

/** The server writes the time into a name, and its clock is known to within this. */
const CLOCK_DOUBT_MS = 120_000;

/**
 * The name of the copy of a backup among the names of all files. A `targetName` is kept, with or without an extension.
 * Without one, the REST guide names a copy by the current time and the kind of the backup, and EPM Automate by the
 * whole backup with an underscore for the slash. Undefined if no name, or more than one, may be the copy.
 */
export function nameOfCopy(
  names: readonly string[],
  copy: {
    readonly backupName: string | undefined;
    readonly targetName: string | undefined;
    readonly fromMs: number;
    readonly toMs: number;
  },
): string | undefined {
  const { backupName, targetName, fromMs, toMs } = copy;
  const called = (name: string) => names.filter((each) => withoutZip(each) === withoutZip(name));
  if (targetName !== undefined) return only(called(targetName));
  if (backupName === undefined) return undefined;
  const what = withoutZip(backupName.slice(backupName.indexOf('/') + 1));
  const byTime = names.filter((name) => {
    const [, time, rest = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)_(.*)$/.exec(name) ?? [];
    const at = time === undefined ? undefined : timeOfBackup(`${time}/`)?.getTime();
    const isNow = at !== undefined && at >= fromMs - CLOCK_DOUBT_MS && at <= toMs + CLOCK_DOUBT_MS;
    return isNow && withoutZip(rest) === what;
  });
  return byTime.length > 0 ? only(byTime) : only(called(backupName.replace('/', '_')));
}

function only(found: readonly string[]): string | undefined {
  return found.length === 1 ? found[0] : undefined;
}

function withoutZip(name: string): string {
  return name.replace(/\.zip$/i, '');
}
