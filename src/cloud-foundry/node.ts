import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkLoginOptions } from '../client/login-options.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalText } from '../errors/require.ts';
import { type CfCliLogin, cfCliLogin } from './cf-cli-login.ts';

export type { CfCliLogin, CfCliTarget } from './cf-cli-login.ts';

export interface CfCliOptions {
  /** The folder that holds `.cf`. @default the environment variable `CF_HOME`, else the home folder of the user */
  readonly home?: string | undefined;
}

/**
 * The login of the cf CLI of this machine: `~/.cf/config.json`. The access token of the CLI is used, and refreshed like
 * the CLI does when it ends. The file is read again before each renewal and never written, so the CLI goes on with its
 * own tokens. Where the UAA rotates refresh tokens, the CLI may have to log in again after a long wait.
 *
 * Certificate checks stay on, also if the CLI skips them: see `trustedFetch`.
 *
 * @example
 * const cli = cfCli();
 * const cf = new CloudFoundryClient({ baseUrl: cli.baseUrl, auth: cli });
 * // The space that `cf target` shows. Names of instances are unique in a space only.
 * const { guid } = await cf.serviceInstances.find({ name: 'orders-db', ...cli.target });
 *
 * @see https://cli.cloudfoundry.org/en-US/v8/
 * @throws {ConfigurationError} the file is missing or no configuration of a cf CLI, or the CLI has no target or no login
 */
export function cfCli(options: CfCliOptions = {}): CfCliLogin {
  checkLoginOptions(options, ['home']);
  const home = optionalText('home', options.home) ?? (process.env.CF_HOME || homedir());
  const path = join(home, '.cf', 'config.json');
  return cfCliLogin(path, () => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new ConfigurationError('auth', `${path} cannot be read. Log in with the cf CLI, or set CF_HOME.`, {
        cause: error,
      });
    }
  });
}
