import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { SpecDocument } from '../specs/spec-document.ts';
import { listedSystems } from '../support/systems.ts';

const call = ({ method, path }: { readonly method: string; readonly path: string }) =>
  `${method.toUpperCase()} ${path.replaceAll(/\{[^}]*\}/g, '{}').toLowerCase()}`;

describe.each(listedSystems.map((system) => [system.title, system] as const))('the emulator of %s', (_, system) => {
  const { product } = system;
  const { routes, deviations } = product.make({ clock: virtualClock() });
  const operations = system.specs.flatMap((name) => new SpecDocument(name).operations);
  const marked = (kind: 'beyond-the-spec' | 'not-emulated') =>
    deviations.filter((deviation) => deviation.kind === kind).map(({ operationId }) => operationId);

  it('has a route for each operation of the spec, or says why not', () => {
    const routed = new Set(routes.map((route) => `${route.operationId} ${call(route)}`));
    const lacking = operations
      .filter((operation) => !routed.has(`${operation.operationId} ${call(operation)}`))
      .map(({ operationId }) => operationId);
    expect([...new Set(lacking)].sort()).toEqual(marked('not-emulated').sort());
  });

  it('has no route that is not in the spec, but those that say why', () => {
    const described = new Set(operations.map((operation) => `${operation.operationId} ${call(operation)}`));
    const beyond = routes
      .filter((route) => !described.has(`${route.operationId} ${call(route)}`))
      .map(({ operationId }) => operationId);
    expect(beyond.sort()).toEqual(marked('beyond-the-spec').sort());
  });

  it('gives a reason for each difference', () => {
    for (const { reason } of deviations) expect(reason).toMatch(/\w+ \w+/);
  });

  it('is the same under every scenario, but for calls that a scenario takes away', () => {
    const known = new Set(routes.map((route) => `${route.operationId} ${call(route)}`));
    for (const [name, scenario] of Object.entries(product.scenarios)) {
      const unknown = product
        .make({ clock: virtualClock(), scenario })
        .routes.filter((route) => !known.has(`${route.operationId} ${call(route)}`));
      expect(unknown, name).toEqual([]);
    }
  });
});
