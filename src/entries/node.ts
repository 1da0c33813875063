// What needs Node. Written by `npm run generate` from systems.json.
export * from '../cloud-foundry/node.ts';
export * from '../node/index.ts';
