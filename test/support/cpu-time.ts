/** A moment in the CPU time of this process, which other programs on the machine do not lengthen. */
export function cpuTimer(): () => number {
  const before = process.cpuUsage();
  return () => process.cpuUsage(before).user / 1_000;
}
