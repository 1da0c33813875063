export { OracleEpmClient } from './client.ts';
export { type EpmDeviceLoginOptions, type EpmLogin, epmDeviceLogin } from './epm-device-login.ts';
export { type EpmJwtAssertionOptions, epmJwtAssertion } from './epm-jwt-assertion.ts';
export { type EpmOAuthOptions, epmOAuth } from './epm-oauth.ts';
