/** A stream to write to: `process.stderr`, `process.stdout`, or any object with a `write` method. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

const NOWHERE: ProgressStream = { write: () => true };

/** Standard error of this process; on platforms without `process`, a stream that discards everything. */
export function defaultStream(): ProgressStream {
  return globalThis.process?.stderr ?? NOWHERE;
}

/** Whether lines may be redrawn: the stream is a terminal, and no environment variable asks for plain output. */
export function canRedraw(stream: ProgressStream): boolean {
  const env = environment();
  if (stream.isTTY !== true || env.TERM === 'dumb' || isSet(env.NO_COLOR)) return false;
  return !isSet(env.CI) || env.CI === 'false' || env.CI === '0';
}

/** Whether the terminal probably shows block characters. The Linux console and the old Windows console have few. */
export function hasUnicode(): boolean {
  const env = environment();
  if (globalThis.process?.platform === 'win32') return isSet(env.WT_SESSION) || env.TERM_PROGRAM === 'vscode';
  return env.TERM !== 'linux';
}

function environment(): Readonly<Record<string, string | undefined>> {
  return globalThis.process?.env ?? {};
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
