import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { SpecDocument } from '../specs/spec-document.ts';
import { products } from './products.ts';
import { SpecChecker } from './spec-checker.ts';

describe.each(Object.entries(products))('the emulator of %s', (_, product) => {
  const documents = product.specs.map((name) => new SpecDocument(name));
  const answered = new Set<string>();

  async function check(scenario: (typeof product.scenarios)[string]): Promise<SpecChecker[]> {
    const checkers: SpecChecker[] = [];
    await product.run(scenario, virtualClock(), (prefix) => {
      const checker = new SpecChecker(documents, prefix);
      checkers.push(checker);
      return checker;
    });
    for (const checker of checkers) for (const operation of checker.answered) answered.add(operation);
    return checkers;
  }

  const scenarios = Object.entries(product.scenarios);

  it.each(scenarios.filter(([, { inSpec }]) => inSpec !== false))(
    'answers as its spec says: %s',
    async (_name, scenario) => {
      for (const checker of await check(scenario)) {
        expect([...checker.violations]).toEqual([]);
        // A fault that leaves the spec belongs to a scenario that says so.
        expect([...checker.markedViolations]).toEqual([]);
      }
    },
  );

  it.each(scenarios.filter(([, { inSpec }]) => inSpec === false))(
    'leaves its spec only in answers that are marked: %s',
    async (_name, scenario) => {
      const checkers = await check(scenario);
      for (const checker of checkers) expect([...checker.violations]).toEqual([]);
      // `inSpec: false` without any such answer would hide a mistake one day.
      expect(checkers.some(({ marked, lost }) => marked + lost > 0)).toBe(true);
    },
  );

  it('has answered every operation of its spec', () => {
    const { deviations } = product.make(virtualClock(), {});
    const absent = deviations.filter(({ kind }) => kind === 'not-emulated').map(({ operationId }) => operationId);
    const unanswered = documents.flatMap(({ name, operations }) =>
      operations
        .filter(({ operationId }) => !answered.has(`${name} ${operationId}`) && !absent.includes(operationId))
        .map(({ operationId }) => `${name} ${operationId}`),
    );
    expect(unanswered).toEqual([]);
  });
});
