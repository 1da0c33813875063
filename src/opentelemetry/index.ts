export { type RestoreTelemetryOptions, restoreTelemetry } from './restore-telemetry.ts';
