/** What a promise rejects with; fails the test if it resolves. An error, or the reason of an abort, which may be anything. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const [settled] = await Promise.allSettled([promise]);
  if (settled?.status === 'rejected') return settled.reason;
  throw new Error(`It resolved with ${String(settled?.value)}, and should have been rejected.`);
}
