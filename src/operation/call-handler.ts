/**
 * Tells a handler of the caller's. What it throws, now or in a promise, goes to `report`: it must end neither a restore's
 * wait nor the process.
 */
export function callHandler<T>(
  handler: ((value: T) => unknown) | undefined,
  value: T,
  report: (error: unknown) => void = () => undefined,
): void {
  try {
    const returned = handler?.(value);
    if (returned !== undefined) Promise.resolve(returned).catch(report);
  } catch (error) {
    report(error);
  }
}
