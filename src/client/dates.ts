export { isIsoTime, requireDate as toDate } from '../errors/require-date.ts';
