export { CloudFoundryClient } from './client.ts';
export {
  type UaaClientCredentialsOptions,
  type UaaPasswordOptions,
  uaaClientCredentials,
  uaaPassword,
} from './uaa.ts';
export {
  type UaaClientAssertionOptions,
  type UaaJwtBearerOptions,
  uaaClientAssertion,
  uaaJwtBearer,
} from './uaa-assertions.ts';
export { type UaaPasscodeOptions, uaaPasscode } from './uaa-passcode.ts';
