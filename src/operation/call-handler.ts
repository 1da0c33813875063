/**
 * Calls a handler of the caller. If it throws or rejects, the error goes to `report`, because it must end neither a
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
