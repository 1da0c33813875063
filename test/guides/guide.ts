import type { Emulator } from 'restorekit/testing';

/** What a script of a page does when it is run once against a new emulator. */
export interface ScriptRun<E extends Emulator> {
  /** Arguments of the command line. @default none */
  readonly args?: readonly string[];
  /** Environment variables beside those of the page. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the folder that the script is run in, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** @default that of the page */
  readonly emulator?: () => E;
  /** @default 0 */
  readonly exitCode?: number;
  /** What the script prints, standard output and standard error together. */
  readonly prints?: readonly (string | RegExp)[];
  /** Checks what the system has done, and the files that the script has left in its folder. */
  readonly check?: (emulator: E, folder: string) => void | Promise<void>;
}

/** How the scripts of `docs/<system>.md` are run. */
export interface Guide<E extends Emulator> {
  readonly emulator: () => E;
  /** The address and the secrets that the scripts read. RESTORE_STORE is there too, and names an empty store. */
  readonly env: (url: string, emulator: E) => Readonly<Record<string, string>>;
  /** Every script of the page, by its name: the first word after `ts` in its fence. */
  readonly scripts: Readonly<Record<string, ScriptRun<E>>>;
}
