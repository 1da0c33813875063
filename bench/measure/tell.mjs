/** The one line of JSON that a measuring process hands to the one that started it. */
export function tell(figures) {
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
}
