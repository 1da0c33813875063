export { DocSpaceClient } from './client.ts';
export { docspaceApiKey } from './docspace-api-key.ts';
export { type DocSpaceOAuthOptions, docspaceOAuth } from './docspace-oauth.ts';
export { type DocSpacePasswordOptions, type DocSpaceSecondFactor, docspacePassword } from './docspace-password.ts';
export { docspaceToken } from './docspace-token.ts';
