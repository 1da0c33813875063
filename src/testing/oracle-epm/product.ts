import type { Product } from '../product.ts';
import { oracleEpmEmulator } from './emulator.ts';
import type { OracleEpmScenario } from './scenario.ts';
import { oracleEpmScenarios } from './scenarios.ts';

export const product: Product<OracleEpmScenario> = {
  scenarios: oracleEpmScenarios,
  make: ({ clock, scenario = {}, secret = 'secret' }) =>
    oracleEpmEmulator({ clock, scenario, credentials: { username: 'admin', password: secret } }),
  logIn: async () => ({ authorization: `Basic ${btoa('admin:secret')}` }),
  gatewayPrefix: (scenario) => scenario.gatewayPrefix,
  bodies: {
    createToken: [{ grant_type: 'refresh_token', refresh_token: 'emulated-refresh-token', client_id: 'public-client' }],
    copyBackup: [{ backupName: '2026-04-23T08:48:06/Artifact_Snapshot.zip' }],
  },
};
