import * as z from 'zod/mini';
import { isIsoTime } from './dates.ts';

// Refinements throughout: zod's own formats, lengths and unions would bring their tables into every bundle.

export const FilledTextSchema = z.string().check(z.refine((text) => /\S/.test(text), 'is empty'));

export const IsoTimeSchema = z.string().check(z.refine(isIsoTime, 'is no ISO 8601 time'));

/** A number, a text or nothing, as vendors tell their enumerations; what reads it decides what it means. */
export const NumberOrTextSchema = z.optional(
  z
    .unknown()
    .check(z.refine((value) => value === null || /number|string/.test(typeof value), 'is neither number nor text')),
);
