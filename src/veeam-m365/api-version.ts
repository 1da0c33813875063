/** A version of the REST API, as the paths name it. */
export type ApiVersion = 'v5' | 'v6';

/** The kind of an operation of one version: an operation is polled by the version that started it. */
export type KindName<Name extends string> = `veeam-m365-${ApiVersion}/${Name}`;

export function kindName<Name extends string>(
  { version }: { readonly version: ApiVersion },
  name: Name,
): KindName<Name> {
  return `veeam-m365-${version}/${name}`;
}
