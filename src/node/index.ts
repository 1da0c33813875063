// What a script needs beside a client, so that two imports do.
export { startOnce } from '../start-once/start-once.ts';
export { describeError } from '../terminal/describe-error.ts';
export { exitCodeFor } from '../terminal/exit-code-for.ts';
export { logEvents } from '../terminal/log-events.ts';
export { progressDisplay } from '../terminal/progress-display.ts';
export { fileStore } from './file-store.ts';
export { fileTokenStore } from './file-token-store.ts';
export { type OpenedStore, openStore } from './open-store.ts';
export { type RunScriptOptions, runScript, type ScriptContext } from './run-script.ts';
export { secretFromFile } from './secret-from-file.ts';
export type { OpenStoreOptions } from './store-opener.ts';
export type { TrustedFetch } from './tls-trust.ts';
export { type TrustedFetchOptions, trustedFetch } from './trusted-fetch.ts';
