import type { Clock } from '../clock/clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';

/** @throws {ConfigurationError} the value is no clock */
export function checkClock(clock: Clock | undefined): void {
  if (clock === undefined || (typeof clock?.now === 'function' && typeof clock.sleep === 'function')) return;
  throw new ConfigurationError('clock', 'must have now() and sleep(ms, signal).');
}
