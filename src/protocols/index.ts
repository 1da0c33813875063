export { type JobLocationProtocol, jobLocationProtocol } from './job-location.ts';
export type { FetchStatus, JsonObject, PollResponse } from './poll-response.ts';
export { type ProgressProtocol, type ProgressRecord, progressProtocol } from './progress.ts';
export { type SessionOutcome, type SessionProtocol, sessionProtocol } from './session.ts';
export { type StatusCodeProtocol, statusCodeProtocol, toStatusCode } from './status-code.ts';
