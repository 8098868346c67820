/**
 * Puts a stand-in for one function of VS Code while `run` runs.
 *
 * @param answer what each call gives, or a function of the call's arguments that makes it
 * @returns the arguments of every call
 */
export async function withStub<T extends object>(
  owner: T,
  name: keyof T,
  answer: unknown,
  run: () => PromiseLike<unknown>,
): Promise<unknown[][]> {
  const calls: unknown[][] = [];
  const original = owner[name];
  owner[name] = ((...args: unknown[]) => {
    calls.push(args);
    return Promise.resolve(
      typeof answer === 'function' ? (answer as (...of: unknown[]) => unknown)(...args) : answer,
    );
  }) as T[keyof T];
  try {
    await run();
  } finally {
    owner[name] = original;
  }
  return calls;
}
