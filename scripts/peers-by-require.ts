import type { Options } from 'tsup';

/**
 * In CommonJS files the optional peers are loaded by `require`. An `import()` there fails under Jest, which runs CommonJS
 * in a context that has no ESM loader, and the error would say that the peer is not installed.
 */
export const peersByRequire: NonNullable<Options['plugins']>[number] = {
  name: 'peers-by-require',
  renderChunk(code, { map }) {
    if (this.format !== 'cjs') return undefined;
    return {
      code: code.replace(/\bimport\((['"][^'"]+['"])\)/g, 'Promise.resolve().then(() => require($1))'),
      map: typeof map === 'string' ? JSON.parse(map) : map,
    };
  },
};
