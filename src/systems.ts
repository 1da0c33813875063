// The client and the logins of each system. Written by `npm run generate` from systems.json.
export * from './cloud-foundry/root-exports.ts';
export * from './docspace/root-exports.ts';
export * from './oracle-epm/root-exports.ts';
export * from './veeam-m365/root-exports.ts';
