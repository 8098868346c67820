/**
 * Does work a while after it is asked for: once, however often it is asked for until then.
 *
 * @param milliseconds from the first time that it is asked for
 * @returns asks for it
 */
export function soon(work: () => void, milliseconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, milliseconds);
  };
}
