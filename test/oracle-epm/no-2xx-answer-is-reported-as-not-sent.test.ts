import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RestoreKitError } from '../../src/errors/index.ts';
import { BACKUP, BASE_URL, JOB_PATH, RESTORE_PATH, scriptedEnvironment } from './support.ts';
import '../support/fixed-seed.ts';
import { runs } from '../support/effort.ts';

const tail = fc.oneof(
  fc.constantFrom(
    '%20',
    '%C2%A0',
    '%',
    '%C2',
    '%FF',
    '%00',
    '/',
    '//',
    '/.',
    '/%2e%2e',
    '.%20',
    '#x',
    '?x=%',
    '\\',
    '{id}',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => encodeURIComponent(text)),
);
const href = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(`${BASE_URL}${JOB_PATH}`, JOB_PATH, `${RESTORE_PATH}/status/`, 'https://<BASE-URL>'),
      tail,
      tail,
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const link = fc.record({ href, rel: fc.oneof(fc.constant('Job Status'), fc.jsonValue()) });
const status = fc.oneof(
  fc.constantFrom(-1, 0, 7, '-1', '0', '', null, -2, 503, 1e308, '9'.repeat(400)),
  fc.jsonValue(),
);
const envelope = fc.record(
  {
    status,
    details: fc.oneof(fc.string(), fc.jsonValue()),
    items: fc.jsonValue(),
    links: fc.oneof(fc.array(link, { maxLength: 3 }), fc.jsonValue()),
    intermittentStatus: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
const body = fc.oneof(
  { weight: 8, arbitrary: envelope.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      deep('[', ']'),
      deep('{"a":', '}'),
      `{"status":-1,"details":null,"links":${deep('[', ']')}}`,
      `{"status":0,"details":null,"intermittentStatus":[{"a":${deep('[', ']')}}]}`,
    ),
  },
);

it('whatever a 2xx says: an operation that can be resumed, or an error that does not call it unsent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(200, 201, 202), body, async (code, text) => {
      const { epm, received } = scriptedEnvironment([() => new Response(text, { status: code })]);
      const outcome = await epm.environment.restore({ backupName: BACKUP }).catch((error: unknown) => error);
      expect(received).toHaveLength(1);
      if (outcome instanceof Error) {
        if (!RestoreKitError.isInstance(outcome)) throw outcome;
        expect(['unexpected-response', 'untrusted-location', 'start-outcome-unknown']).toContain(outcome.code);
        expect(outcome.started).toBe(outcome.code === 'start-outcome-unknown' ? 'unknown' : 'yes');
        return;
      }
      const operation = outcome as Awaited<ReturnType<typeof epm.environment.restore>>;
      const resumed = epm.resume(JSON.parse(JSON.stringify(operation)));
      expect(resumed.toJSON()).toEqual(operation.toJSON());
      // An end that was told at once sends nothing; everything else is asked on our own origin.
      await resumed.poll().catch(() => undefined);
      for (const { url } of received) expect(url.href).toMatch(`${BASE_URL}/interop/rest/`);
    }),
    { numRuns: runs(100) },
  );
});
