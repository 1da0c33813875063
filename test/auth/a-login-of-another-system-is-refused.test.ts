import { basicAuth, bearerToken } from 'restorekit/docspace';
import { describe, expect, it } from 'vitest';
import { CloudFoundryClient } from '../../src/cloud-foundry/client.ts';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { DocSpaceClient } from '../../src/docspace/client.ts';
import { docspaceApiKey } from '../../src/docspace/docspace-api-key.ts';
import { OracleEpmClient } from '../../src/oracle-epm/client.ts';
import { VeeamM365V6Client } from '../../src/veeam-m365/v6-client.ts';
import { veeamPassword } from '../../src/veeam-m365/veeam-password.ts';

describe('a client names what it accepts where it gets the login of another system', () => {
  const baseUrl = 'https://system.example.org';
  const basic = basicAuth({ username: 'a', password: 'pass-word-1' });
  const uaa = uaaPassword({ username: 'a', password: 'pass-word-1' });
  const veeam = veeamPassword({ username: 'a', password: 'pass-word-1' });
  it.each<[string, () => unknown, string]>([
    ['Oracle EPM', () => new OracleEpmClient({ baseUrl, auth: uaa }), 'basic, bearer'],
    ['Cloud Foundry', () => new CloudFoundryClient({ baseUrl, auth: basic }), 'uaa-password'],
    ['Veeam', () => new VeeamM365V6Client({ baseUrl, auth: docspaceApiKey('sk-4711') }), 'veeam-password'],
    ['DocSpace', () => new DocSpaceClient({ baseUrl, auth: veeam }), 'docspace-api-key'],
  ])('%s', (_, make, accepted) => {
    expect(make).toThrowError(
      expect.objectContaining({
        name: 'ConfigurationError',
        field: 'auth',
        message: expect.stringContaining(accepted),
      }),
    );
  });
  it('and takes a bearer token everywhere', () => {
    const auth = bearerToken('the-token-0123');
    for (const Client of [OracleEpmClient, CloudFoundryClient, VeeamM365V6Client, DocSpaceClient]) {
      expect(() => new Client({ baseUrl, auth })).not.toThrow();
    }
  });
});
