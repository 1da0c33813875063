import { omitUndefined } from '../values/omit-undefined.ts';

/** A chain of causes may contain a cycle. */
const DEEPEST = 8;

/** A cause in a form that is safe to log: errors of this package in full, others with their name, code and message. */
export function describeCause(cause: unknown, depth = 0): unknown {
  if (!(cause instanceof Error)) return typeof cause === 'string' ? cause : Object.prototype.toString.call(cause);
  if ('isRestoreKitError' in cause && 'toJSON' in cause && typeof cause.toJSON === 'function') return cause.toJSON();
  const code: unknown = Reflect.get(cause, 'code');
  return omitUndefined({
    name: cause.name,
    message: cause.message,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    cause: cause.cause === undefined || depth >= DEEPEST ? undefined : describeCause(cause.cause, depth + 1),
  });
}
