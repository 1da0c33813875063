import type { Product } from '../product.ts';
import { docspaceCredentials } from './credentials.ts';
import { docspaceEmulator } from './emulator.ts';
import type { DocSpaceScenario } from './scenario.ts';
import { docspaceScenarios } from './scenarios.ts';

export const product: Product<DocSpaceScenario> = {
  scenarios: docspaceScenarios,
  make: ({ clock, scenario = {}, secret = docspaceCredentials.apiKey }) =>
    docspaceEmulator({ clock, scenario, credentials: { apiKey: secret } }),
  logIn: async () => ({ authorization: `Bearer ${docspaceCredentials.apiKey}` }),
  bodies: { authenticate: [{ userName: docspaceCredentials.userName, password: docspaceCredentials.password }] },
};
