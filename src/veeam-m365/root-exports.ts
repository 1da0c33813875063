export { VeeamM365V5Client } from './v5-client.ts';
export { VeeamM365V6Client } from './v6-client.ts';
export { type VeeamPasswordOptions, veeamPassword } from './veeam-password.ts';
