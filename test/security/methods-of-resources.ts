type Method = (...texts: readonly string[]) => unknown;

/**
 * The methods of a client's resources, as `backups.get`: called with one text for each parameter that has no default. A
 * method that is new is found here too. Those that want more than texts refuse them, and send nothing.
 */
export function methodsOfResources(client: object): Readonly<Record<string, (text: string) => Promise<unknown>>> {
  const resources = Object.entries(client).filter(([, value]) => typeof value === 'object' && !Array.isArray(value));
  return Object.fromEntries(
    resources.flatMap(([name, resource]) =>
      methodNames(resource).map((method) => [
        `${name}.${method}`,
        async (text: string) => {
          const { length } = resource[method] as Method;
          const result = await (resource[method] as Method)(...Array.from({ length }, () => text));
          // A list sends nothing until it is read.
          const toArray = Reflect.get(Object(result), 'toArray');
          return typeof toArray === 'function' ? toArray.call(result) : result;
        },
      ]),
    ),
  );
}

function methodNames(resource: object): readonly string[] {
  const names = new Set<string>();
  for (let place = resource; place !== Object.prototype; place = Object.getPrototypeOf(place)) {
    for (const name of Object.getOwnPropertyNames(place)) {
      if (name !== 'constructor' && typeof Reflect.get(resource, name) === 'function') names.add(name);
    }
  }
  return [...names];
}
