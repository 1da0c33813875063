/**
 * Changes the sources of a room one place at a time, and tells which changes no test of it notices:
 * `npm run mutate -- --room protocols`. `--file` and `--tests` take fewer sources and tests, with commas between several.
 * Results are kept in node_modules/.cache, so that a second run tries only what has changed. Takes minutes to an hour.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutationRooms } from './mutation-rooms.ts';

const { values } = parseArgs({
  options: {
    room: { type: 'string' },
    file: { type: 'string' },
    tests: { type: 'string' },
    concurrency: { type: 'string', default: '1' },
  },
});
const room = mutationRooms[values.room ?? ''];
if (room === undefined) {
  console.error(`--room is one of ${Object.keys(mutationRooms).join(', ')}.`);
  process.exit(2);
}

const cache = join('node_modules', '.cache', 'restorekit');
const { status } = spawnSync(
  'npx',
  [
    'stryker',
    'run',
    'stryker.config.json',
    '--mutate',
    values.file ?? room.mutate.join(','),
    '--incremental',
    '--incrementalFile',
    join(cache, `mutation-${values.room}.json`),
    '--concurrency',
    values.concurrency,
  ],
  { stdio: 'inherit', env: { ...process.env, RESTOREKIT_MUTATION_TESTS: values.tests ?? room.tests.join(',') } },
);
process.exitCode = status ?? 1;
