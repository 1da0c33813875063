/**
 * What a 401 to a user name with a prefix probably means; undefined where the name has none.
 * @see https://docs.oracle.com/en/cloud/saas/readiness/epm/2026/epm-nov26/26nov-epm-wn-f52345.htm
 */
export function userNameHint(username: string | undefined): string | undefined {
  const [, prefix, plain] = /^([^.@]+)\.(.+)$/.exec(username ?? '') ?? [];
  if (prefix === undefined) return undefined;
  return `Since update 26.11 the environment accepts the plain user name only. If '${prefix}' is the name of the account or identity domain, log in as '${plain}'.`;
}
