export { type FileStoreMaker, type FileStoreOptions, fileStore } from './file-store.ts';
export type { TrustedFetch } from './tls-trust.ts';
export { type TrustedFetchOptions, trustedFetch } from './trusted-fetch.ts';
