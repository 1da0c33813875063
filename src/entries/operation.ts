export * from '../operation/index.ts';
export * from '../protocols/index.ts';
