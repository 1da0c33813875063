// The emulator of each system. Written by `npm run generate` from systems.json.
export * from './cloud-foundry/index.ts';
export * from './docspace/index.ts';
export * from './oracle-epm/index.ts';
export * from './veeam-m365/index.ts';
