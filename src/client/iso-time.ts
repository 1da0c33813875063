import * as z from 'zod/mini';
import { isIsoTime } from './dates.ts';

/** A time in a handle; zod's own schema for it would bring its whole table of formats into every bundle. */
export const IsoTimeSchema = z.string().check(z.refine(isIsoTime, 'is no ISO 8601 time'));
