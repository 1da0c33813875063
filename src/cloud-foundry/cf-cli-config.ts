import { ConfigurationError } from '../errors/configuration-error.ts';
import * as z from '../schema/schema.ts';

/** What the cf CLI knows about its target and its login. */
export interface CfCliConfig {
  /** Address of the Cloud Controller. */
  readonly api: string;
  readonly uaa: string | undefined;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly grantType: string;
  readonly organization: string | undefined;
  readonly space: string | undefined;
}

const text = z.nullish(z.string());
const place = z.nullish(z.looseObject({ GUID: text, Name: text }));
const ConfigSchema = z.looseObject({
  Target: text,
  UaaEndpoint: text,
  AuthorizationEndpoint: text,
  AccessToken: text,
  RefreshToken: text,
  UAAOAuthClient: text,
  UAAOAuthClientSecret: text,
  UAAGrantType: text,
  OrganizationFields: place,
  SpaceFields: place,
  CFOnK8s: z.nullish(z.looseObject({ Enabled: z.nullish(z.boolean()) })),
});

/**
 * Reads the text of the file `config.json` of the cf CLI.
 * @see https://github.com/cloudfoundry/cli/blob/ccfd649d158cf439db18788e6e77a13861e3c01a/util/configv3/json_config.go
 * @throws {ConfigurationError} it is not such a file, or the CLI has no target
 */
export function parseCfCliConfig(path: string, json: string): CfCliConfig {
  const { data } = z.safeParse(ConfigSchema, parsed(json));
  if (!data) throw new ConfigurationError('auth', `${path} is not the configuration of a cf CLI.`);
  if (data.CFOnK8s?.Enabled) {
    throw new ConfigurationError(
      'auth',
      `the cf CLI logs in with Kubernetes credentials (${path}), which cfCli does not read.`,
    );
  }
  const api = data.Target ?? '';
  if (!URL.canParse(api)) throw new ConfigurationError('auth', `the cf CLI has no target (${path}): run cf login.`);
  const uaa = data.UaaEndpoint || data.AuthorizationEndpoint || undefined;
  return {
    api,
    uaa: uaa !== undefined && URL.canParse(uaa) ? uaa : undefined,
    accessToken: (data.AccessToken ?? '').trim().replace(/^bearer\s+/i, ''),
    refreshToken: (data.RefreshToken ?? '').trim(),
    clientId: data.UAAOAuthClient || 'cf',
    clientSecret: data.UAAOAuthClientSecret ?? '',
    grantType: data.UAAGrantType ?? '',
    organization: data.OrganizationFields?.Name || data.OrganizationFields?.GUID || undefined,
    space: data.SpaceFields?.Name || data.SpaceFields?.GUID || undefined,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
