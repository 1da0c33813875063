export { fileStore } from './file-store.ts';
export { secretFromFile } from './secret-from-file.ts';
export type { TrustedFetch } from './tls-trust.ts';
export { type TrustedFetchOptions, trustedFetch } from './trusted-fetch.ts';
