import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listedSystems } from '../support/systems.ts';
import { vendorWords, vendorWordsIn } from './vendor-words.ts';

const src = join(import.meta.dirname, '../../src');
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly { readonly name: string }[];
};
/** Emulators and the command line know vendors by design. */
const knowing = ['testing', 'bin', 'system', 'generated'];
const shared = forbidden
  .flatMap(({ name }) => (name.startsWith('layer-') ? [name.slice('layer-'.length)] : []))
  .filter((room) => !knowing.includes(room));
const files = shared.flatMap((room) =>
  readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|md)$/.test(file))
    .map((file) => `${room}/${file}`),
);
const words = vendorWords(listedSystems);

it('every folder of src is shared or of a system', () => {
  const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const known = [...shared, ...knowing, ...listedSystems.map(({ name }) => name), 'entries'];
  expect(folders.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

it.each(files)('%s holds no name, path, header, field or kind of a vendor', (file) => {
  expect(vendorWordsIn(readFileSync(join(src, file), 'utf8'), words)).toEqual([]);
});

describe('what is found', () => {
  it.each([
    ['a product', '// As Oracle sends it'],
    ['a name of two words', 'Cloud Foundry', 'cloud-foundry/', 'new CloudFoundryClient('],
    ['another name of the vendor', 'Tanzu', 'an ONLYOFFICE portal'],
    ['the name of a login', "kind === 'uaa-password'", 'uaaUrl'],
    ['a path', "path: '/interop/rest/v2'", '`/v3/jobs`', "'/api/2.0'", '/oauth/token'],
    ['a header', "headers.get('x-vcap-request-id')", 'X-RateLimit-Reset'],
    ['a field of a body', 'body.intermittentStatus', 'tenantStatus', 'body.backup_id'],
    ['a kind', "'restore-service-instance'", 'restore-environment'],
    ['the number of a trap', 'so that nothing hides the job (CF-9)'],
  ])('%s', (_, ...texts) => {
    for (const text of texts) expect(vendorWordsIn(text, words), text).not.toEqual([]);
  });

  it('but no word that everybody uses', () => {
    const ordinary = [
      'the backup in the cloud, with its id, status and state',
      "headers.get('x-request-id') ?? headers.get('retry-after')",
      'a restore session, a job, a portal; an office with an api: /status/1',
    ];
    for (const text of ordinary) expect(vendorWordsIn(text, words)).toEqual([]);
  });
});
