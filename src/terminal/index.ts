export { cleanText } from './clean-text.ts';
export { describeError } from './describe-error.ts';
export { exitCodeFor, type Outcome } from './exit-code-for.ts';
export { type ExitCodeName, exitCodes, exitCodeTable } from './exit-codes.ts';
export { formatDuration } from './format-duration.ts';
export { type EventLogger, type LogEventsOptions, type LogLevel, logEvents } from './log-events.ts';
export {
  type DisplayWaitOptions,
  type ProgressDisplay,
  type ProgressDisplayOptions,
  progressDisplay,
} from './progress-display.ts';
export type { ProgressLine } from './progress-line.ts';
export type { ProgressStream } from './progress-stream.ts';
