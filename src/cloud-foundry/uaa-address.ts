import { ConfigurationError } from '../errors/configuration-error.ts';

/**
 * Checks the address of a UAA. The paths that people copy with it, such as `/oauth/token` and `/passcode`, are removed.
 * @throws {ConfigurationError} it is no absolute URL, or holds credentials
 */
export function checkUaaUrl(uaaUrl: string | undefined): string | undefined {
  if (uaaUrl === undefined) return undefined;
  if (!(/^https?:\/\//i.test(uaaUrl) && URL.canParse(uaaUrl))) {
    throw new ConfigurationError('auth.uaaUrl', 'must be an absolute URL such as https://login.example.com.');
  }
  if (/\/\/[^/?#]*@/.test(uaaUrl)) throw new ConfigurationError('auth.uaaUrl', 'must not hold credentials.');
  const { origin, pathname } = new URL(uaaUrl);
  return `${origin}${pathname}`.replace(/\/+$/, '').replace(/\/(?:oauth\/(?:token|authorize)|passcode|login)$/i, '');
}
