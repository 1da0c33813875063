/**
 * The probable reason for a 401 if the user name has a prefix; undefined if it has none.
 * @see https://docs.oracle.com/en/cloud/saas/readiness/epm/2026/epm-nov26/26nov-epm-wn-f52345.htm
 */
export function userNameHint(username: string | undefined): string | undefined {
  const [, prefix, plain] = /^([^.@]+)\.(.+)$/.exec(username ?? '') ?? [];
  if (prefix === undefined) return undefined;
  return `Since update 26.11 the environment accepts only the plain user name. If '${prefix}' is the name of the account or identity domain, log in as '${plain}'.`;
}
