import { describe, expect, it } from 'vitest';
import { specsOf, systemNames } from '../../scripts/systems.ts';
import { escapePointer, type MediaType, SpecDocument } from './spec-document.ts';

const names = systemNames.flatMap(specsOf);

interface Found {
  readonly where: string;
  readonly schema: string;
  readonly value: unknown;
}

/** All examples of responses, by reference or in place. */
function responseExamples(document: SpecDocument): Found[] {
  return document.operations.flatMap((operation) =>
    Object.keys(operation.responses).flatMap((status) => {
      const described = document.response(operation, Number(status.replace('XX', '00')) || 599);
      return Object.entries(described?.response.content ?? {}).flatMap(([type, media]) =>
        examplesOf(document, media).map(([name, value]) => ({
          where: `${operation.operationId} ${status} ${type} ${name}`,
          schema: `${described?.pointer}/content/${escapePointer(type)}/schema`,
          value,
        })),
      );
    }),
  );
}

/** Named examples, those that are shared included. */
function named(document: SpecDocument, { examples = {} }: MediaType) {
  return Object.entries(examples).map(([name, each]) => {
    const { $ref } = each as { $ref?: string };
    return [name, $ref === undefined ? each : (document.at($ref.slice(1)) as typeof each)] as const;
  });
}

function examplesOf(document: SpecDocument, media: MediaType): [string, unknown][] {
  const { example } = media;
  const values = named(document, media).map(([name, { value }]): [string, unknown] => [name, value]);
  return example === undefined ? values : [...values, ['example', example]];
}

describe.each(names)('the spec of %s', (name) => {
  const document = new SpecDocument(name);
  const found = responseExamples(document);

  it('shows a sample of what every operation answers when all is well', () => {
    for (const operation of document.operations) {
      const good = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
      expect(good, operation.operationId).not.toEqual([]);
      const bodies = good.flatMap((status) =>
        Object.values(document.response(operation, Number(status))?.response.content ?? {}),
      );
      for (const media of bodies) expect(examplesOf(document, media).length, operation.operationId).toBeGreaterThan(0);
    }
  });

  it('has samples that fit their schemas', () => {
    const problems = found.flatMap(({ where, schema, value }) =>
      document.problems(schema, value).map((problem) => `${where}: ${problem}`),
    );
    expect(found.length).toBeGreaterThanOrEqual(document.operations.length);
    expect(problems).toEqual([]);
  });

  it('says whose each sample is', () => {
    for (const operation of document.operations) {
      for (const status of Object.keys(operation.responses)) {
        const content = document.response(operation, Number(status.replace('XX', '00')) || 599)?.response.content ?? {};
        for (const media of Object.values(content)) {
          for (const [sample, { summary }] of named(document, media)) {
            expect(summary, `${operation.operationId} ${status} ${sample}`).toMatch(/^(Vendor|Composed)/);
          }
        }
      }
    }
  });
});

it('a value that does not fit is noticed', () => {
  const document = new SpecDocument('cloud-foundry');
  expect(document.problems('/components/schemas/Job', { guid: 5 })).not.toEqual([]);
  expect(document.problems('/components/schemas/ErrorList', { errors: [{ code: 1 }] })).not.toEqual([]);
});
