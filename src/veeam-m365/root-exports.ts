export { VeeamM365Client } from './client.ts';
export { VeeamM365V5Client } from './v5-client.ts';
export { VeeamM365V6Client } from './v6-client.ts';
export { VeeamM365V7Client } from './v7-client.ts';
export { VeeamM365V8Client } from './v8-client.ts';
export { type VeeamPasswordOptions, veeamPassword } from './veeam-password.ts';
export { type VeeamRestoreOperatorOptions, veeamRestoreOperator } from './veeam-restore-operator.ts';
export { type VeeamTenantOptions, veeamTenant } from './veeam-tenant.ts';
