export { refuseUnknown } from '../errors/refuse-unknown.ts';
