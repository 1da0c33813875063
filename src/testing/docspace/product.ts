import type { Product } from '../product.ts';
import { docspaceCredentials } from './credentials.ts';
import { docspaceEmulator } from './emulator.ts';
import type { DocSpaceScenario } from './scenario.ts';
import { docspaceScenarios } from './scenarios.ts';

const { userName, password, codes, clientId, clientSecret, refreshToken } = docspaceCredentials;

export const product: Product<DocSpaceScenario> = {
  scenarios: docspaceScenarios,
  make: ({ clock, scenario = {}, secret = docspaceCredentials.apiKey }) =>
    docspaceEmulator({ clock, scenario, credentials: { apiKey: secret } }),
  logIn: async () => ({ authorization: `Bearer ${docspaceCredentials.apiKey}` }),
  bodies: {
    authenticate: [{ userName, password }],
    authenticateWithCode: [{ userName, password, code: codes[0] }],
    createOAuthToken: [
      { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret },
    ],
  },
  paths: { authenticateWithCode: `/api/2.0/authentication/${codes[0]}` },
};
