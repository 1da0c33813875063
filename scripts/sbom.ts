/**
 * Writes `dist/sbom.cdx.json`: the packages whose code is in `dist`, as a CycloneDX document (https://cyclonedx.org). The package
 * has no dependencies, so a scanner that reads package.json alone would not find them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };
import { entries } from './entries.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

const root = join(import.meta.dirname, '..');
const purlOf = ({ name, version }: Manifest) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** Names of the packages of which something is left after tree shaking. */
async function bundledPackages(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: Object.values(entries).map((source) => join(root, source)),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*', ...Object.keys(manifest.peerDependencies)],
    outdir: join(root, 'dist'),
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const left = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const owners = left.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set(owners)].sort();
}

const components = (await bundledPackages()).map((name) => {
  const read: Manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  return {
    type: 'library',
    'bom-ref': purlOf(read),
    name,
    version: read.version,
    purl: purlOf(read),
    licenses: [{ license: { id: read.license } }],
  };
});

const self = {
  type: 'library',
  'bom-ref': purlOf(manifest),
  name: manifest.name,
  version: manifest.version,
  purl: purlOf(manifest),
  licenses: [{ license: { id: manifest.license } }],
};

const document = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: self },
  components,
  dependencies: [{ ref: self['bom-ref'], dependsOn: components.map((each) => each['bom-ref']) }],
};
writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(document, null, 2)}\n`);
