export { fileStore } from './file-store.ts';
export { type TrustedFetch, type TrustedFetchOptions, trustedFetch } from './trusted-fetch.ts';
