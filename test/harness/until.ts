/**
 * Asks again and again until the answer is there.
 *
 * @param what ends the sentence 'Waited in vain for ...'
 * @param ask gives undefined or false for as long as there is no answer
 * @param limit milliseconds
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  limit = 30_000,
): Promise<Exclude<T, undefined | false>> {
  const deadline = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
