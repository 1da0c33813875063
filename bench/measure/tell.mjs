/** Prints the line of JSON that a measuring process passes to its parent. */
export function tell(figures) {
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
}
