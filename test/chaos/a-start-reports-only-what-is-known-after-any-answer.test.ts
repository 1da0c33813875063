import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as errors from '../../src/errors/index.ts';
import type { FetchLike } from '../../src/http/fetch-like.ts';
import type { Emulator } from '../../src/testing/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { systems } from '../security/systems.ts';
import { runs } from '../support/effort.ts';
import { promise } from './support/broken-promise.ts';
import { isFooledBy } from './support/known-to-fail.ts';
import { type StrangeAnswer, strangeAnswers, strangeKinds, type TrueAnswer } from './support/strange-answers.ts';

const SECRET = 'sk-secret-of-this-test';
const RUNS = runs(20);

const thrown: readonly string[] = Object.values(errors)
  .filter((value) => typeof value === 'function' && value.prototype instanceof errors.RestoreKitError)
  .map((value) => value.name);

/** Paths of the calls that start a restore. */
function startPaths({ routes }: Emulator): readonly RegExp[] {
  return routes
    .filter(({ role }) => role === 'start')
    .map(({ path }) => new RegExp(`${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`, 'i'));
}

/** Everything is answered as by the product, but the start, which is carried out. */
function withStrangeStart(emulator: Emulator, make: (answer: TrueAnswer) => StrangeAnswer) {
  const starts: number[] = [];
  const paths = startPaths(emulator);
  const fetch: FetchLike = async (url, init) => {
    const answer = await emulator.fetch(url, init);
    if (init.method !== 'POST' || !paths.some((path) => path.test(new URL(url).pathname))) return answer;
    const { status, headers, body } = make({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
    starts.push(status);
    const isEmpty = [204, 205, 304].includes(status) || body.length === 0;
    return new Response(isEmpty ? null : body, { status, headers });
  };
  return { fetch, starts };
}

/** A refusal inside a 2xx, in the API's own words, is a refusal. */
function isOwnRefusal(error: errors.RestoreKitError): boolean {
  return errors.ApiError.isInstance(error) && error.status >= 400 && error.status < 500;
}

async function check(name: string, make: (answer: TrueAnswer) => StrangeAnswer): Promise<void> {
  const open = systems[name];
  if (!open) throw new Error(`There is no system ${name}.`);
  const clock = virtualClock();
  const { emulator, connect } = open(clock, SECRET);
  const { fetch, starts } = withStrangeStart(emulator, make);
  const error: unknown = await connect({ fetch })
    .start()
    .then(
      (operation) => JSON.stringify(operation) && undefined,
      (reason: unknown) => reason,
    );
  promise(starts.length === 1, `The start was sent ${starts.length} times.`, 'double start');
  if (error === undefined) return;
  promise(errors.RestoreKitError.isInstance(error), `A raw error: ${String(error)}`, 'raw error');
  promise(thrown.includes(error.name), `${error.name} is not in the table.`, 'raw error');
  const [status = 0] = starts;
  const wasAccepted = status >= 200 && status < 300;
  promise(
    !wasAccepted || error.started !== 'no' || isOwnRefusal(error),
    `After ${status} it is said that nothing was started: ${error.name}: ${error.message}`,
    'false "not sent"',
  );
  promise(!(wasAccepted || status >= 500) || !error.isRetryable, `After ${status} it may be sent again.`);
  promise(
    status < 500 || error.started !== 'no',
    `After ${status} it is said that nothing was started: ${error.message}`,
    'false "not sent"',
  );
}

describe.each(Object.keys(systems))('a start of %s', (name) => {
  describe.each(strangeKinds)('that is answered with %s', (kind) => {
    const property = fc.asyncProperty(strangeAnswers[kind], (make) => check(name, make));

    if (isFooledBy(name, kind)) {
      it('is known to be misunderstood; take it off known-to-fail.ts when this fails', async () => {
        const { failed } = await fc.check(property, { numRuns: RUNS, endOnFailure: true });
        expect(failed).toBe(true);
      });
    } else {
      it('is sent once, and the error claims only what is known', async () => {
        await fc.assert(property, { numRuns: RUNS });
      });
    }
  });
});
