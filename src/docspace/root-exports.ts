export { DocSpaceClient } from './client.ts';
export { docspaceApiKey } from './docspace-api-key.ts';
