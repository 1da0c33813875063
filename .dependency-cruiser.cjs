/**
 * The layer rule: imports go one way. A room that is not named here is a system, so a new system needs no change.
 */
const mayImport = {
  // Plain functions on plain values: every room may import it.
  values: [],
  errors: [],
  clock: [],
  schema: [],
  auth: ['schema', 'errors', 'clock'],
  http: ['auth', 'errors', 'clock'],
  operation: ['errors', 'clock'],
  protocols: ['operation', 'errors', 'clock'],
  client: ['protocols', 'operation', 'http', 'auth', 'schema', 'errors', 'clock'],
  // Of http and client it knows the types of the events, which it writes as lines.
  terminal: ['operation', 'errors', 'clock', 'http/events.ts'],
  'start-once': ['operation', 'errors', 'clock'],
  // What only Node has; everything else runs where fetch is.
  node: ['auth', 'terminal', 'start-once', 'operation', 'http', 'errors', 'clock'],
  testing: ['clock', 'generated'],
  opentelemetry: ['client', 'operation', 'http', 'errors', 'clock'],
};

const shared = Object.keys(mayImport).join('|');
const systemMayImport = [
  'values',
  'client',
  'protocols',
  'operation',
  'http',
  'auth',
  'schema',
  'errors',
  'clock',
  'generated',
];
const pathOf = (room) => {
  if (room === 'generated') return '^generated/';
  return room.endsWith('.ts') ? `^src/${room}$` : `^src/${room}/`;
};
const own = '^(src|generated)/';

/** Packages, and the rooms that know them. */
const packageRooms = {
  zod: '^src/schema/',
  'openapi-fetch': '^src/(http|client)/',
  '@noble/hashes': '^src/(http|values)/',
  msw: '^src/testing/msw\\.ts$',
  undici: '^src/node/',
  pg: '^src/node/open-postgres-store\\.ts$',
  '@aws-sdk/client-s3': '^src/node/open-s3-store\\.ts$',
  '@opentelemetry/api': '^src/opentelemetry/',
};

module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(([room, others]) => ({
      name: `layer-${room}`,
      comment: `${room} imports only ${['values', ...others].join(', ')}.`,
      severity: 'error',
      from: { path: pathOf(room) },
      to: { path: own, pathNot: [room, 'values', ...others].map(pathOf) },
    })),
    {
      name: 'layer-system',
      comment: 'A system imports what is shared, and no other system.',
      severity: 'error',
      from: { path: '^src/(?!entries/)([^/]+)/', pathNot: `^src/(${shared})/` },
      to: { path: own, pathNot: ['^src/$1/', ...systemMayImport.map(pathOf)] },
    },
    {
      name: 'entries-are-for-consumers',
      comment: 'Nothing inside the package imports its entry points.',
      severity: 'error',
      from: { pathNot: '^src/index\\.ts$' },
      to: { path: '^src/(index\\.ts$|systems\\.ts$|entries/)' },
    },
    {
      name: 'layer-generated',
      comment: 'Generated types stand alone.',
      severity: 'error',
      from: { path: '^generated/' },
      to: { path: '^src/' },
    },
    ...Object.entries(packageRooms).map(([name, rooms]) => ({
      name: `package-${name}`,
      comment: `${name} is known in few rooms, so that it can be exchanged.`,
      severity: 'error',
      from: { path: '^src/', pathNot: rooms },
      to: { path: `(^|node_modules/)${name}(/|$)` },
    })),
    {
      name: 'no-other-package',
      comment:
        'Nothing is installed with this package: openapi-fetch, zod and @noble/hashes are bundled, the others are optional peers.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        pathNot: `(^|node_modules/)(${Object.keys(packageRooms).join('|')})(/|$)`,
      },
    },
    {
      name: 'no-node-modules-of-node',
      comment:
        'The package runs where fetch is; only emulators listen on a port, one room is for Node, and `node.ts` of a system.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/testing/listen\\.ts$', '^src/node/', '^src/[^/]+/node\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'zod-core-only',
      comment: 'The full build of zod costs twelve times the bytes, zod/mini half a kilobyte more.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/zod/', pathNot: 'node_modules/zod/v4/core/' },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan',
      comment: 'A file that nobody imports.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '/index\\.ts$' },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
