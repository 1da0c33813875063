export { OracleEpmClient } from './client.ts';
