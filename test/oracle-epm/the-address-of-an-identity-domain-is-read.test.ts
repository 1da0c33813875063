import { expect, it } from 'vitest';
import { parseIdcsUrl } from '../../src/oracle-epm/identity-domain.ts';

const DOMAIN = 'https://idcs-0123456789abcdef.identity.oraclecloud.com';

it.each([
  DOMAIN,
  `${DOMAIN}/`,
  `${DOMAIN}:443`,
  ` ${DOMAIN} `,
  'idcs-0123456789abcdef.identity.oraclecloud.com',
  'IDCS-0123456789ABCDEF.identity.oraclecloud.com',
  `${DOMAIN}/oauth2/v1/token`,
  `${DOMAIN}/oauth2/v1/authorize?client_id=x&response_type=code`,
  `${DOMAIN}/ui/v1/adminconsole`,
  `${DOMAIN}/ui/v1/adminconsole?root=apps#/x`,
  `${DOMAIN}/ui/v1/myconsole/`,
  `${DOMAIN}/admin/v1`,
  `${DOMAIN}/.well-known/idcs-configuration`,
  `${DOMAIN}/fed/v1/metadata`,
])('%s, as people paste it', (text) => {
  expect(parseIdcsUrl(text)).toBe(DOMAIN);
});

it.each([
  ['https://gateway.example.org/idcs', 'https://gateway.example.org/idcs'],
  ['https://gateway.example.org/idcs/oauth2/v1/token', 'https://gateway.example.org/idcs'],
  ['http://localhost:8080/', 'http://localhost:8080'],
])('the prefix of a gateway is kept: %s', (text, url) => {
  expect(parseIdcsUrl(text)).toBe(url);
});

it.each([
  [undefined, /absolute URL/],
  ['', /absolute URL/],
  ['not an address', /absolute URL/],
  ['http://idcs-0123456789abcdef.identity.oraclecloud.com', /plain http/],
  ['https://user:pass@idcs-0123456789abcdef.identity.oraclecloud.com', /credentials/],
  ['https://epm-acme.epm.us-phoenix-1.ocs.oraclecloud.com', /address of an EPM environment/],
  ['https://epm-acme.epm.us-phoenix-1.ocs.oraclecloud.com/epmcloud', /address of an EPM environment/],
  ['https://acme-test-acme.pbcs.us2.oraclecloud.com', /address of an EPM environment/],
])('%s is refused, and the field is named', (text, message) => {
  expect(() => parseIdcsUrl(text)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', field: 'auth.idcsUrl' }),
  );
  expect(() => parseIdcsUrl(text)).toThrow(message);
});
