/** How a person records what no program can know. */
export function settleAdvice(key: string): string {
  const name = JSON.stringify(key);
  return `Look at the target in its own console, then record what you found: settleStart({ key: ${name}, store, as: 'not-started' }) lets the key start again, as: 'ended' says that it is over, and as: client.attach({ id }) follows the restore that runs.`;
}
