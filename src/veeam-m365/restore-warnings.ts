import type { Warning } from '../operation/status.ts';

export const NOTHING_RESTORED: Warning = {
  code: 'nothing-restored',
  message: 'Nothing was restored: all counters are 0. The session may be of a moment before the first backup.',
};

export const NOT_COUNTED: Warning = {
  code: 'not-counted',
  message: 'The answer has no counters. It is not known how much was restored.',
};
