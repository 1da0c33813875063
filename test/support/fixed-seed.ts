import fc from 'fast-check';

/** A run that fails must fail again: other seeds are for `RESTOREKIT_SEED` and for `npm run chaos`. */
const DEFAULT_SEED = 2;

fc.configureGlobal({ seed: Number(process.env.RESTOREKIT_SEED ?? DEFAULT_SEED) });
