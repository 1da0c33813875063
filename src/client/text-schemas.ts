import * as z from '../schema/schema.ts';
import { isIsoTime } from './dates.ts';

export const FilledTextSchema = z.where(z.string(), (text) => /\S/.test(text), 'is empty');

export const IsoTimeSchema = z.where(z.string(), isIsoTime, 'is no ISO 8601 time');

/** A number, a text or nothing, since vendors send enumerations in either form. The reader decides what it means. */
export const NumberOrTextSchema = z.optional(
  z.where(z.unknown(), (value) => value === null || /number|string/.test(typeof value), 'is neither number nor text'),
);
